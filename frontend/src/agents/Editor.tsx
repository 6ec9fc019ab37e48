import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { newestOf, refreshAgent, revisionQuery, saveAgent, type Newest } from '#/api/agents'
import { hasStatus, inWords } from '#/api/errors'
import type { Agent } from '#/api/types'
import { Button } from '#/ui/Button'
import { plural } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { toasts } from '#/ui/toasts'
import { Changed } from './Changed'
import { useChecked } from './checked'
import { YamlField } from './YamlField'
import './editor.css'

/**
 * Edits what was the newest revision when editing began; it may be a draft that is not published yet. Give it the
 * agent's name as its key: what others save meanwhile must not take the text away.
 */
export function Editor({ agent: current, denied }: { agent: Agent; denied: string | false }) {
  const [agent] = useState(current)
  const newest = useQuery(revisionQuery(agent.name, agent.latest))
  const yaml = newest.data?.yaml ?? (newest.isError ? agent.yaml : undefined)
  if (yaml === undefined) return <Bones />
  return <YamlEditor name={agent.name} start={yaml} from={agent.version} denied={denied} />
}

type Props = {
  name: string
  start: string
  /** The agent's version when editing began; a new agent has none. */
  from?: string
  denied: string | false
}

export function YamlEditor({ name, start, from, denied }: Props) {
  const [yaml, setYaml] = useState(start)
  const [version, setVersion] = useState(from)
  const [theirs, setTheirs] = useState<Newest>()
  const checked = useChecked(name, yaml)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: (publish: boolean) => saveAgent(name, yaml, publish, version),
    onSuccess: async (agent, publish) => {
      toasts.done(publish ? `Revision ${agent.latest} published` : `Draft ${agent.latest} saved`)
      await refreshAgent(queries, name)
      void navigate({ to: '/agents/$name', params: { name }, search: publish ? {} : { show: 'history' } })
    },
    meta: { shown: true },
    onError: async (error) => {
      if (hasStatus(error, 412)) return setTheirs(await newestOf(queries, name))
      const words = inWords(error)
      if (words.errors.length > 0) checked.show(words.errors)
      else toasts.failed(words)
    },
  })
  const wrong = checked.errors.length > 0
  const blocked = denied || (!name ? 'Enter a name' : wrong && 'Fix the problems first')
  return (
    <div className="editor">
      {theirs && (
        <Changed
          theirs={theirs}
          mine={yaml}
          onChoose={(text) => {
            setYaml(text)
            setVersion(theirs.version)
            setTheirs(undefined)
          }}
        />
      )}
      <YamlField value={yaml} onChange={setYaml} errors={checked.errors} />
      <div className="foot">
        <span role="status" className={wrong ? 'wrong' : 'small'}>
          {checked.checking
            ? 'Checking…'
            : wrong
              ? plural(checked.errors.length, 'problem')
              : checked.trouble || 'No problems'}
        </span>
        <span className="grow" />
        <Button onClick={() => save.mutate(false)} blocked={blocked} disabled={save.isPending}>
          Save draft
        </Button>
        <Button kind="go" onClick={() => save.mutate(true)} blocked={blocked} disabled={save.isPending}>
          {save.isPending ? 'Saving…' : 'Publish'}
        </Button>
      </div>
    </div>
  )
}
