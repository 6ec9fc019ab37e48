import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { agentsQuery } from '#/api/agents'
import { checkTrigger, readTrigger, refreshTrigger, saveTrigger } from '#/api/triggers'
import type { Trigger } from '#/api/types'
import { workflowsQuery } from '#/api/workflows'
import { DefinitionField } from '#/definitions/DefinitionField'
import { EditorFrame } from '#/definitions/EditorFrame'
import { useEditing } from '#/definitions/editing'
import { Button } from '#/ui/Button'
import { toasts } from '#/ui/toasts'
import { inZone } from './words'
import './trigger-editor.css'

type Props = {
  name: string
  start: string
  /** The trigger's version when editing began; a new one has none. */
  from?: number
  denied: string | false
}

/** The text of a trigger, checked while it is written, with the times at which it would fire. */
export function TriggerEditor({ name, start, from, denied }: Props) {
  const values = useValues()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const editing = useEditing<number, Trigger>({
    name,
    keptAs: `trigger ${name}`,
    start,
    from,
    check: checkTrigger,
    save: (yaml, version) => saveTrigger(name, yaml, version),
    onSaved: async () => {
      toasts.done(`Trigger "${name}" saved`)
      await refreshTrigger(queries, name)
      void navigate({ to: '/triggers/$name', params: { name } })
    },
    newest: async () => {
      const { yaml = '', version } = await readTrigger(queries, name)
      return { yaml, version }
    },
  })
  const { text, write, checked, wrong, saving } = editing
  const lacksSecret = checked.errors.some(({ path }) => path.startsWith('/webhook/secret'))
  const would = wrong || checked.trouble ? undefined : checked.found
  return (
    <EditorFrame
      of={editing}
      className="trigger-editor"
      buttons={
        <Button
          kind="go"
          onClick={() => saving.mutate()}
          blocked={denied || (wrong && 'Fix the problems first')}
          disabled={saving.isPending}
        >
          {saving.isPending ? 'Saving…' : 'Save'}
        </Button>
      }
    >
      <DefinitionField kind="TriggerDefinition" values={values} value={text} onChange={write} errors={checked.errors} />
      {lacksSecret && (
        <p className="told">
          The value of a secret does not belong into a definition.{' '}
          <Link to="/settings/secrets">Set it as a secret</Link> first: what is written here is kept.
        </p>
      )}
      {would && would.next.length > 0 && (
        <p className="told">
          Would fire next on {would.next.map((at) => inZone(at, would.timeZone ?? 'UTC')).join('; ')} ({would.timeZone}
          ).
        </p>
      )}
    </EditorFrame>
  )
}

/** What a trigger may start here, as proposals of the editor. */
function useValues() {
  const { data: agents } = useQuery(agentsQuery)
  const { data: workflows } = useQuery(workflowsQuery)
  return useMemo(() => {
    const list = (all?: { data: { name: string }[] }) => all?.data.map(({ name }) => ({ label: name })) ?? []
    const [ofAgents, ofWorkflows] = [list(agents), list(workflows)]
    return { agent: ofAgents, workflow: ofWorkflows, 'event.agent': ofAgents, 'event.workflow': ofWorkflows }
  }, [agents, workflows])
}
