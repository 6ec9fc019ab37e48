import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { checkAgent, newestOf, refreshAgent, revisionQuery, saveAgent } from '#/api/agents'
import type { Agent } from '#/api/types'
import { DefinitionField } from '#/definitions/DefinitionField'
import { EditorFrame } from '#/definitions/EditorFrame'
import { SaveRevision } from '#/definitions/SaveRevision'
import { useEditing } from '#/definitions/editing'
import { Button } from '#/ui/Button'
import { download } from '#/ui/download'
import { Bones } from '#/ui/Page'
import { stored } from '#/ui/stored'
import { toasts } from '#/ui/toasts'
import { TRIED } from './tried'
import { useValues } from './values'
import './editor.css'

// Runs are followed, and YAML is read, by those who try and who fill in the form.
const TryPane = lazy(() => import('./TryPane').then((module) => ({ default: module.TryPane })))
const AgentForm = lazy(() => import('./AgentForm').then((module) => ({ default: module.AgentForm })))

type EditorProps = { agent: Agent; denied: string | false; restored?: number }

/**
 * Edits what was the newest revision when editing began; it may be a draft that is not published yet. Give it the
 * agent's name as its key: what others save meanwhile must not take the text away. `restored` is an old revision whose
 * text is to be the next one.
 */
export function Editor({ agent: current, denied, restored }: EditorProps) {
  const [agent] = useState(current)
  const newest = useQuery(revisionQuery(agent.name, agent.latest))
  const old = useQuery({ ...revisionQuery(agent.name, restored ?? 0), enabled: restored !== undefined })
  const yaml = newest.data?.yaml ?? (newest.isError ? agent.yaml : undefined)
  if (yaml === undefined || (restored !== undefined && old.isPending)) return <Bones />
  return <DefinitionEditor name={agent.name} start={yaml} begin={old.data?.yaml} from={agent.version} denied={denied} />
}

type Props = {
  name: string
  start: string
  begin?: string
  /** The agent's version when editing began; a new agent has none. */
  from?: string
  denied: string | false
}

const FORM = 'editor:form'

export function DefinitionEditor({ name, start, begin, from, denied }: Props) {
  const values = useValues()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const [asForm, setAsForm] = useState(() => stored.read(FORM) === 'yes')
  const [hint, setHint] = useState('')
  const editing = useEditing({
    name,
    keptAs: name,
    start,
    begin,
    from,
    check: checkAgent,
    save: (yaml, version, { publish, note: said }: { publish: boolean; note: string }) =>
      saveAgent(name, yaml, publish, version, said),
    onSaved: async (agent, { publish }) => {
      toasts.done(publish ? `Revision ${agent.latest} published` : `Draft ${agent.latest} saved`)
      await refreshAgent(queries, name)
      void navigate({ to: '/agents/$name', params: { name }, search: publish ? {} : { show: 'history' } })
    },
    newest: () => newestOf(queries, name),
  })
  const { text, write, checked, wrong, saving } = editing
  const blocked = denied || (wrong && 'Fix the problems first')
  const saveDraft = async () => {
    const agent = await editing.keepGoing({ publish: false, note: note || TRIED })
    void refreshAgent(queries, name)
    return agent.latest
  }
  const pick = (form: boolean) => {
    setAsForm(form)
    stored.write(FORM, form ? 'yes' : '')
  }
  const read = async (file?: File) => {
    if (!file) return
    write(await file.text())
    setHint(`Loaded from ${file.name}, not saved yet`)
  }
  return (
    <EditorFrame
      of={editing}
      buttons={
        <SaveRevision
          blocked={blocked}
          note={note}
          onNote={setNote}
          saving={{
            isPending: saving.isPending,
            mutate: (publish) => saving.mutate({ publish, note }),
          }}
        />
      }
    >
      <div className="editor-bar">
        <Button aria-pressed={asForm} onClick={() => pick(true)}>
          Form
        </Button>
        <Button aria-pressed={!asForm} onClick={() => pick(false)}>
          YAML
        </Button>
        <span className="small grow" role="status">
          {hint}
        </span>
        <label className="button import">
          Import
          <input
            type="file"
            accept=".yaml,.yml,.json"
            onChange={(event) => {
              void read(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </label>
        <Button onClick={() => download(`${name}.yaml`, text, 'application/yaml')}>Export</Button>
      </div>
      <div className="editor-sides">
        {asForm ? (
          <Suspense fallback={<Bones />}>
            <AgentForm yaml={text} values={values} errors={checked.errors} onChange={write} />
          </Suspense>
        ) : (
          <DefinitionField kind="Definition" values={values} value={text} onChange={write} errors={checked.errors} />
        )}
        <Suspense>
          <TryPane agent={name} blocked={blocked} saveDraft={saveDraft} onRefused={editing.refused} />
        </Suspense>
      </div>
    </EditorFrame>
  )
}
