import { stepName, tellingArgument } from '#/events/steps'
import type { RunView } from '#/events/view'

type Props = { id: string; view: RunView; value: number; onPick: (step: number) => void; none?: string }

/** One of a run's steps. */
export function StepOptions({ id, view, value, onPick, none }: Props) {
  return (
    <select id={id} className="input" value={value} onChange={(event) => onPick(Number(event.target.value))}>
      {none && <option value={0}>{none}</option>}
      {view.steps.map((step) => {
        const telling = step.kind === 'tool' ? tellingArgument(step.input).slice(0, 40) : ''
        return (
          <option key={step.number} value={step.number}>
            {step.number} · {stepName(step)} {telling}
          </option>
        )
      })}
    </select>
  )
}
