import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { agentQuery, revisionQuery } from '#/api/agents'
import { inWords } from '#/api/errors'
import { NewDefinition } from '#/definitions/NewDefinition'
import { Field } from '#/ui/Field'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { DefinitionEditor } from './Editor'
import { renamed } from './form'
import { templates } from './templates'

/** A new agent: from a template, or as a copy of another one. */
export function NewAgentPage() {
  const { from } = useSearch({ from: '/shell/new-agent' })
  const agent = useQuery({ ...agentQuery(from ?? ''), enabled: from !== undefined })
  const revision = useQuery({
    ...revisionQuery(from ?? '', agent.data?.latest ?? 0),
    enabled: agent.data !== undefined,
  })
  const error = agent.error ?? revision.error
  if (from === undefined) return <FromTemplate />
  if (revision.data) return <Copy of={from} yaml={revision.data.yaml ?? ''} />
  return (
    <Page title="New agent" crumb={crumb}>
      <Content label="New agent">{error ? <Problem says={inWords(error)} /> : <Bones />}</Content>
    </Page>
  )
}

const crumb = <Link to="/agents">Agents</Link>

function Copy({ of, yaml }: { of: string; yaml: string }) {
  return (
    <NewDefinition
      title={`Copy of ${of}`}
      crumb={crumb}
      suggested={`${of}-2`.slice(0, 63)}
      renderEditor={(name, denied) => <DefinitionEditor name={name} start={renamed(yaml, name)} denied={denied} />}
    />
  )
}

function FromTemplate() {
  const [chosen, setChosen] = useState(templates[0]!.id)
  const template = templates.find(({ id }) => id === chosen)!
  return (
    <NewDefinition
      title="New agent"
      crumb={crumb}
      suggested="navigator"
      renderEditor={(name, denied) => <DefinitionEditor name={name} start={template.yaml(name)} denied={denied} />}
    >
      <Field>
        <label htmlFor="template">Start from</label>
        <select id="template" className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {templates.map(({ id, label, about }) => (
            <option key={id} value={id}>
              {label}: {about}
            </option>
          ))}
        </select>
      </Field>
    </NewDefinition>
  )
}
