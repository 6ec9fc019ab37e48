import { useId, useState } from 'react'
import type { Approval, Decision } from '#/api/types'
import { Button } from '#/ui/Button'
import { FieldSet } from '#/ui/Field'
import { Tick } from '#/ui/Tick'
import type { Decide } from './decide'

type Choice = { decision: Decision['decision']; label: string; means: string }

/** An effect of which nobody knows whether it took place: only a person can find out. */
export function OutcomeChoice({
  approval,
  decide,
  blocked,
}: {
  approval: Approval
  decide: Decide
  blocked: string | false
}) {
  const name = useId()
  const [chosen, setChosen] = useState<Decision['decision']>()
  const choices: Choice[] = [
    {
      decision: 'happened',
      label: 'It happened',
      means: 'The step counts as done and the run continues.',
    },
    {
      decision: 'again',
      label: "It didn't happen, run it again",
      means: `${approval.tool ?? 'The step'} runs again. If it did happen after all, it happens twice.`,
    },
    { decision: 'stop', label: 'Stop the run', means: 'The run is cancelled; no more steps will start.' },
  ]
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen) decide.mutate({ decision: chosen })
      }}
    >
      <FieldSet>
        <legend>Check the external system, then choose</legend>
        {choices.map(({ decision, label, means }) => (
          <Tick key={decision}>
            <input
              id={`${name}-${decision}`}
              aria-describedby={`${name}-${decision}-means`}
              type="radio"
              name={name}
              value={decision}
              checked={chosen === decision}
              onChange={() => setChosen(decision)}
            />
            <span>
              <label htmlFor={`${name}-${decision}`}>
                <b>{label}</b>
              </label>
              <span id={`${name}-${decision}-means`} className="small block">
                {means}
              </span>
            </span>
          </Tick>
        ))}
      </FieldSet>
      <div className="buttons">
        <Button
          kind="go"
          type="submit"
          disabled={decide.isPending}
          blocked={blocked || (!chosen && 'Choose an option')}
        >
          Confirm
        </Button>
      </div>
    </form>
  )
}
