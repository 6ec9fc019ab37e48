import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { readForm, setField } from '#/agents/form'
import { TriedRun } from '#/agents/TriedRun'
import { TRIED } from '#/agents/tried'
import { saveAgent } from '#/api/agents'
import { newIdempotencyKey } from '#/api/client'
import { inWords } from '#/api/errors'
import { modelsQuery } from '#/api/models'
import { forkRun } from '#/api/runs'
import type { Agent, Run } from '#/api/types'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import { Problem } from '#/ui/Problem'

type Props = { run: string; step: number; agent: Agent; yaml: string; blocked: string | false }

/** Changes the agent as it was in that run, and runs it from the step on; the change is kept as a draft. */
export function Change({ run, step, agent, yaml, blocked }: Props) {
  const id = useId()
  const first = readForm(yaml)
  const [text, setText] = useState(yaml)
  const [version, setVersion] = useState(agent.version)
  const [made, setMade] = useState<Run[]>([])
  const { data: models } = useQuery(modelsQuery)
  const form = readForm(text) ?? first
  const set = (key: string, value: unknown) => setText(setField(text, [key], value === '' ? undefined : value))
  const number = (value: string) => (value === '' ? undefined : Number(value))
  const trying = useMutation({
    mutationFn: async () => {
      const saved = await saveAgent(agent.name, text, false, version, TRIED)
      setVersion(saved.version)
      return forkRun(run, { step: step - 1, revision: saved.latest }, newIdempotencyKey())
    },
    onSuccess: (next) => setMade((before) => [next, ...before].slice(0, 3)),
    meta: { shown: true },
  })
  const [last, ...earlier] = made
  return (
    <>
      <section aria-label="Change it" className="stack">
        <h2>Change it</h2>
        {trying.error && <Problem says={inWords(trying.error)} />}
        <Field>
          <label htmlFor={`${id}-instructions`}>Instructions</label>
          <textarea
            id={`${id}-instructions`}
            className="input"
            rows={12}
            value={form?.instructions ?? ''}
            onChange={(event) => set('instructions', event.target.value)}
          />
        </Field>
        <Field>
          <label htmlFor={`${id}-model`}>Model</label>
          <select
            id={`${id}-model`}
            className="input"
            value={form?.model ?? 'default'}
            onChange={(event) => set('model', event.target.value)}
          >
            {models?.data.map(({ alias }) => (
              <option key={alias}>{alias}</option>
            ))}
          </select>
        </Field>
        <Field>
          <label htmlFor={`${id}-temperature`}>Temperature</label>
          <input
            id={`${id}-temperature`}
            className="input"
            type="number"
            min={0}
            max={2}
            step={0.1}
            placeholder="the model's own"
            value={form?.temperature ?? ''}
            onChange={(event) => set('temperature', number(event.target.value))}
          />
        </Field>
        <Field>
          <label htmlFor={`${id}-most`}>Most tokens of one answer</label>
          <input
            id={`${id}-most`}
            className="input"
            type="number"
            min={1}
            placeholder="the model's own"
            value={form?.maxOutputTokens ?? ''}
            onChange={(event) => set('maxOutputTokens', number(event.target.value))}
          />
        </Field>
        <div className="buttons">
          <Button kind="go" onClick={() => trying.mutate()} blocked={blocked} disabled={trying.isPending}>
            <Icon name={last ? 'retry' : 'play'} />
            {last ? 'Run again' : 'Run beside'}
          </Button>
        </div>
        <p className="small">
          Steps before this one are kept, what follows runs again, tools included. The change is saved as a draft.
        </p>
      </section>
      <section aria-label="New answer">
        <h2>New answer</h2>
        {!last && <p className="small">Run it to see the answer here.</p>}
        {last && (
          <>
            <TriedRun key={last.id} run={last} />
            <p className="row">
              <Link to="/runs/compare" search={{ left: run, right: last.id }}>
                Compare the runs
              </Link>
              <Link
                to="/agents/$name"
                params={{ name: agent.name }}
                search={{ show: 'history', revision: last.revision }}
              >
                Draft {last.revision}
              </Link>
            </p>
          </>
        )}
        {earlier.map((one) => (
          <p key={one.id} className="small">
            Before:{' '}
            <Link to="/runs/$run" params={{ run: one.id }}>
              revision {one.revision}
            </Link>
          </p>
        ))}
      </section>
    </>
  )
}
