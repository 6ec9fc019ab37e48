import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState, type KeyboardEvent } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { startRun } from '#/api/runs'
import type { Run } from '#/api/types'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import { stored } from '#/ui/stored'
import { TriedRun } from './TriedRun'
import './try-pane.css'

/** So many of the last tries are kept in view, to compare with. */
const KEPT = 5

type Props = {
  agent: string
  blocked: string | false
  /** Saves what the editor shows and resolves with the number of that revision. */
  saveDraft: () => Promise<number>
  onRefused: (error: unknown) => unknown
}

/** Runs the draft beside the editor. The question stays, so that a change is tried again by one click. */
export function TryPane({ agent, blocked, saveDraft, onRefused }: Props) {
  const id = useId()
  const [question, setQuestion] = useState(() => stored.read(`try:${agent}`))
  const [runs, setRuns] = useState<Run[]>([])
  const trying = useMutation({
    mutationFn: async (input: string) => startRun(agent, { input, revision: await saveDraft() }, newIdempotencyKey()),
    onSuccess: (run) => setRuns((before) => [run, ...before].slice(0, KEPT)),
    meta: { shown: true },
    onError: onRefused,
  })
  const why = blocked || (!question.trim() && 'Enter a question')
  const start = () => !why && !trying.isPending && trying.mutate(question.trim())
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    start()
  }
  const [last, ...earlier] = runs
  return (
    <section className="try-pane" aria-label="Try it">
      <Field>
        <label htmlFor={id}>Try this draft</label>
        <textarea
          id={id}
          className="input"
          rows={3}
          placeholder="Ask something"
          value={question}
          onKeyDown={onKey}
          onChange={(event) => {
            setQuestion(event.target.value)
            stored.write(`try:${agent}`, event.target.value)
          }}
        />
      </Field>
      <div className="row">
        <span className="small grow">Saves the draft first. It is not published.</span>
        <Button kind="go" onClick={start} blocked={why} disabled={trying.isPending} title="Ctrl+Enter">
          <Icon name={last ? 'retry' : 'play'} />
          {last ? 'Try again' : 'Try'}
        </Button>
      </div>
      {last && <TriedRun key={last.id} run={last} />}
      {earlier.length > 0 && last && (
        <div className="earlier">
          <h3 className="label">Earlier tries</h3>
          <ul>
            {earlier.map((run) => (
              <li key={run.id}>
                Revision {run.revision}{' '}
                <Link to="/runs/$run" params={{ run: run.id }}>
                  Run
                </Link>{' '}
                <Link to="/runs/compare" search={{ left: run.id, right: last.id }}>
                  Compare with the last
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
