import { useId, useState } from 'react'
import { inWords } from '#/api/errors'
import { forkRun, type Fork } from '#/api/runs'
import type { Step } from '#/api/types'
import { stepName } from '#/events/steps'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { asText } from '#/ui/diff'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import { Problem } from '#/ui/Problem'
import { useMadeFrom } from './madeFrom'
import { RevisionOptions } from './RevisionOptions'
import { StepOptions } from './StepOptions'
import { Unrepeatable } from './Unrepeatable'

type Edit = { step: number; text: string }

/** Keeps some steps, with their outputs changed at will, and runs the rest again. */
export function ForkRun({ view, onClose }: { view: RunView; onClose: () => void }) {
  const id = useId()
  const asked = view.input.findLast((message) => message.role === 'user')?.content ?? ''
  const ended = view.steps.filter((step) => step.state === 'succeeded' || step.state === 'failed')
  const [keep, setKeep] = useState(ended.findLast((step) => step.kind === 'tool')?.number ?? 0)
  const [input, setInput] = useState(asked)
  const [edits, setEdits] = useState<Edit[]>([])
  const [revision, setRevision] = useState(String(view.revision))
  const fork = useMadeFrom((body: Fork, key) => forkRun(view.id, body, key), 'Fork started in a new thread')
  const kept = ended.filter(({ number }) => number <= keep)
  const used = edits.filter(({ step }) => step <= keep)
  const editable = kept.filter(
    (step) => (step.kind === 'tool' || step.kind === 'model') && !used.some((edit) => edit.step === step.number),
  )
  const send = () =>
    fork.mutate({
      step: keep,
      ...(input.trim() !== asked ? { input: input.trim() } : {}),
      ...(used.length > 0
        ? { edits: used.map(({ step, text }) => ({ step, output: outputOf(kept, step, text) })) }
        : {}),
      ...(Number(revision) === view.revision ? {} : { revision: Number(revision) }),
    })
  return (
    <Dialog open onClose={onClose} title="Fork this run">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {fork.error && <Problem says={inWords(fork.error)} />}
        <Field>
          <label htmlFor={`${id}-keep`}>Keep steps through</label>
          <StepOptions
            id={`${id}-keep`}
            view={{ ...view, steps: ended }}
            value={keep}
            onPick={setKeep}
            none="None, start over"
          />
        </Field>
        <Field>
          <label htmlFor={`${id}-input`}>Input</label>
          <textarea
            id={`${id}-input`}
            className="input"
            rows={2}
            value={input}
            onChange={(event) => setInput(event.target.value)}
          />
        </Field>
        {used.map(({ step, text }) => (
          <Field key={step}>
            <label htmlFor={`${id}-edit-${step}`}>
              Output of step {step} ({stepName(view.steps.find(({ number }) => number === step)!)})
            </label>
            <div className="row">
              <textarea
                id={`${id}-edit-${step}`}
                className="input mono"
                rows={Math.min(12, text.split('\n').length + 1)}
                spellCheck={false}
                value={text}
                onChange={(event) =>
                  setEdits(edits.map((edit) => (edit.step === step ? { step, text: event.target.value } : edit)))
                }
              />
              <Button
                kind="bare icon"
                aria-label={`Remove override of step ${step}`}
                onClick={() => setEdits(edits.filter((edit) => edit.step !== step))}
              >
                <Icon name="close" />
              </Button>
            </div>
          </Field>
        ))}
        {editable.length > 0 && (
          <select
            className="input"
            aria-label="Override a step's output"
            value=""
            onChange={(event) => {
              const step = kept.find(({ number }) => number === Number(event.target.value))
              if (step) setEdits([...edits, { step: step.number, text: asText(editableOf(step)) }])
            }}
          >
            <option value="">Override a step's output…</option>
            {editable.map((step) => (
              <option key={step.number} value={step.number}>
                {step.number} · {stepName(step)}
              </option>
            ))}
          </select>
        )}
        <RevisionOptions agent={view.agent} value={revision} onPick={setRevision} own={view.revision} />
        <Unrepeatable steps={view.steps.filter(({ number }) => number > keep)} />
        <div className="buttons">
          <Button onClick={onClose}>Close</Button>
          <Button kind="go" type="submit" disabled={fork.isPending} blocked={!input.trim() && 'Enter an input'}>
            Fork
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Of a model's answer, only what it says and calls can be changed. */
function editableOf({ kind, output }: Step): unknown {
  if (kind !== 'model' || typeof output !== 'object' || output === null) return output
  const { text, toolCalls } = output as { text?: string; toolCalls?: unknown[] }
  return toolCalls?.length ? { text, toolCalls } : text
}

/** Text stays text; what was JSON is read as JSON where it still is. */
function outputOf(steps: Step[], number: number, text: string): unknown {
  const step = steps.find((one) => one.number === number)
  if (step?.kind === 'model' && !text.trimStart().startsWith('{')) return { text }
  if (typeof step?.output === 'string') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
