import { StateMark } from '#/events/StateMark'
import { durationOf, shownState, stepName, tellingOf } from '#/events/steps'
import type { RunView } from '#/events/view'
import { clockTime, count, duration, money } from '#/ui/format'
import { Fall } from '#/ui/Split'
import { Table } from '#/ui/Table'
import { Earlier, Later, useFold } from './fold'
import './step-table.css'

type Props = { view: RunView; now: number; chosen?: number; onPick: (step: number) => void }

/** The waterfall's twin: the same steps as a table. */
export function StepTable({ view, now, chosen, onPick }: Props) {
  const folded = useFold(
    view.steps,
    view.steps.findIndex(({ number }) => number === chosen),
  )
  return (
    <Fall label="Steps">
      <Earlier of={folded} />
      <Table>
        <thead>
          <tr>
            <th>Step</th>
            <th className="wide">State</th>
            <th className="wide">Started</th>
            <th className="numeric wide">Tokens</th>
            <th className="numeric wide">Cost</th>
            <th className="numeric">Duration</th>
          </tr>
        </thead>
        <tbody>
          {folded.shown.map((step) => (
            <tr key={step.number}>
              <td>
                <button className="pick" aria-pressed={step.number === chosen} onClick={() => onPick(step.number)}>
                  {step.number} · {stepName(step)} <em className="quiet">{tellingOf(step)}</em>
                </button>
              </td>
              <td className="wide">
                <StateMark state={shownState(step)} />
              </td>
              <td className="wide quiet">{clockTime(step.startedAt)}</td>
              <td className="numeric wide quiet">
                {step.usage ? count(step.usage.inputTokens + step.usage.outputTokens) : ''}
              </td>
              <td className="numeric wide quiet">{step.usage ? (step.cost ? money(step.cost) : 'unknown') : ''}</td>
              <td className="numeric quiet">{duration(durationOf(step, now))}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Later of={folded} />
    </Fall>
  )
}
