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

/** Runs it again from a step on; the steps before it are kept. */
export function RetryRun({ view, onClose }: { view: RunView; onClose: () => void }) {
  const id = useId()
  const broken = view.steps.find((step) => step.state === 'failed' || step.state === 'unknown')
  const [step, setStep] = useState(broken?.number ?? view.steps.at(-1)?.number ?? 1)
  const retry = useMadeFrom((body: { step: number }, key) => retryRun(view.id, body, key), 'Retry started')
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
          <label htmlFor={id}>Retry from</label>
          <StepOptions id={id} view={view} value={step} onPick={setStep} />
          <span className="small">{kept(step - 1)} as a new run in this thread.</span>
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

function kept(steps: number) {
  if (steps === 0) return 'Re-runs everything'
  return `Keeps ${steps === 1 ? 'step 1' : `steps 1–${steps}`}, re-runs the rest`
}
