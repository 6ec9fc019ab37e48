import { useId, useState } from 'react'
import { inWords } from '#/api/errors'
import { retryRun } from '#/api/runs'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { useMadeFrom } from './madeFrom'
import { StepOptions } from './StepOptions'
import { Unrepeatable } from './Unrepeatable'

/** The same again from a step on: what stands before it is taken over from the record. */
export function RetryRun({ view, onClose }: { view: RunView; onClose: () => void }) {
  const id = useId()
  const broken = view.steps.find((step) => step.state === 'failed' || step.state === 'unknown')
  const [step, setStep] = useState(broken?.number ?? view.steps.at(-1)?.number ?? 1)
  const retry = useMadeFrom(
    (body: { step: number }, key) => retryRun(view.id, body, key),
    'A new run retries it in the same thread',
  )
  return (
    <Dialog open onClose={onClose} title="Retry this run">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          retry.mutate({ step })
        }}
      >
        {retry.error && <Problem says={inWords(retry.error)} />}
        <Field>
          <label htmlFor={id}>Begin again at</label>
          <StepOptions id={id} view={view} value={step} onPick={setStep} />
          <span className="small">
            {step > 1 ? `Steps 1 to ${step - 1} are kept as they are on record` : 'Nothing is kept'}. This run stays as
            it is; the new one stands in the same thread.
          </span>
        </Field>
        <Unrepeatable steps={view.steps.filter(({ number }) => number >= step)} />
        <div className="buttons">
          <Button onClick={onClose}>Close</Button>
          <Button kind="go" type="submit" disabled={retry.isPending}>
            Retry from step {step}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
