import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { refreshAgent, revisionQuery, saveAgent } from '#/api/agents'
import { inWords } from '#/api/errors'
import type { Agent } from '#/api/types'
import { Button } from '#/ui/Button'
import { plural } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { toasts } from '#/ui/toasts'
import { useChecked } from './checked'
import { YamlField } from './YamlField'
import './editor.css'

/** Edits the newest revision, which may be a draft that is not published yet. */
export function Editor({ agent, denied }: { agent: Agent; denied: string | false }) {
  const newest = useQuery(revisionQuery(agent.name, agent.latest))
  const yaml = newest.data?.yaml ?? (newest.isError ? agent.yaml : undefined)
  if (yaml === undefined) return <Bones />
  return <YamlEditor name={agent.name} start={yaml} denied={denied} />
}

type Props = { name: string; start: string; denied: string | false }

export function YamlEditor({ name, start, denied }: Props) {
  const [yaml, setYaml] = useState(start)
  const checked = useChecked(name, yaml)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: (publish: boolean) => saveAgent(name, yaml, publish),
    onSuccess: async (agent, publish) => {
      toasts.done(publish ? `Revision ${agent.latest} published` : `Draft ${agent.latest} saved`)
      await refreshAgent(queries, name)
      void navigate({ to: '/agents/$name', params: { name }, search: publish ? {} : { show: 'history' } })
    },
    meta: { shown: true },
    onError: (error) => {
      const words = inWords(error)
      if (words.errors.length > 0) checked.show(words.errors)
      else toasts.failed(words)
    },
  })
  const wrong = checked.errors.length > 0
  const blocked = denied || (!name ? 'Enter a name' : wrong && 'Fix the problems first')
  return (
    <div className="editor">
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
