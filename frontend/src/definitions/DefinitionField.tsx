import { useQuery } from '@tanstack/react-query'
import { useCallback, type RefObject } from 'react'
import { openapiQuery } from '#/api/server'
import type { ProblemError } from '#/api/types'
import type { CodeCursor } from '#/ui/code'
import { proposalsAt, type DefinitionSchema, type Proposal } from '#/ui/proposals'
import { YamlEditor } from '#/ui/YamlEditor'
import type { YamlPlace } from '#/ui/yamlPlace'

type Description = { components?: { schemas?: Record<string, DefinitionSchema> } }

type Props = {
  /** The schema of the definition in the API's description. */
  kind: 'Definition' | 'WorkflowDefinition' | 'TriggerDefinition'
  /** What the installation has, such as its tools, by the path where it may stand: `tools.*`. */
  values: Record<string, Proposal[]>
  value: string
  onChange: (value: string) => void
  errors: ProblemError[]
  onLine?: (line: number) => void
  cursor?: RefObject<CodeCursor | null>
}

/** A definition as YAML; what may stand where comes from the API's own description. */
export function DefinitionField({ kind, values, value, onChange, errors, onLine, cursor }: Props) {
  const { data } = useQuery(openapiQuery)
  const propose = useCallback(
    (place: YamlPlace) => {
      const schemas = (data as Description | undefined)?.components?.schemas ?? {}
      const schema = schemas[kind]
      return schema ? proposalsAt(place, schema, (name) => schemas[name], values) : []
    },
    [data, kind, values],
  )
  return (
    <YamlEditor
      label="Definition as YAML"
      value={value}
      onChange={onChange}
      problems={errors}
      propose={propose}
      onLine={onLine}
      ref={cursor}
    />
  )
}
