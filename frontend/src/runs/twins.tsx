import { useQuery } from '@tanstack/react-query'
import { inWords } from '#/api/errors'
import { readLog, runQuery } from '#/api/queries'
import type { RunState } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { durationOf, shownState, stepName, tellingOf } from '#/events/steps'
import type { RunView } from '#/events/view'
import { Code } from '#/ui/Code'
import { clockTime, count, duration, money } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'

type Props = { view: RunView; now: number; chosen?: number; onPick: (step: number) => void }

/** The waterfall's twin: the same steps as a table. */
export function StepTable({ view, now, chosen, onPick }: Props) {
  return (
    <section className="fall" aria-label="Steps" tabIndex={0}>
      <table className="rows">
        <thead>
          <tr>
            <th>Step</th>
            <th className="wide">State</th>
            <th className="wide">Started</th>
            <th className="numeric wide">Tokens</th>
            <th className="numeric wide">Cost</th>
            <th className="numeric">Took</th>
          </tr>
        </thead>
        <tbody>
          {view.steps.map((step) => (
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
      </table>
    </section>
  )
}

/** The log itself, event by event, as the server has it. */
export function LogTable({ run, seq }: { run: string; seq: number }) {
  const log = useQuery({
    queryKey: ['run', run, 'events', seq],
    queryFn: ({ signal }) => readLog(run, 0, signal),
    placeholderData: (before) => before,
  })
  return (
    <section className="fall" aria-label="Log" tabIndex={0}>
      {log.error && <Problem says={inWords(log.error)} />}
      {log.isPending && <Bones />}
      <ol className="log">
        {log.data?.map((event) => (
          <li key={event.seq}>
            <details>
              <summary>
                <span className="seq">{event.seq}</span>
                <code>{event.type}</code>
                <span className="small">{clockTime(event.at)}</span>
              </summary>
              <Code text={JSON.stringify(event.data, null, 2)} label={`Event ${event.seq}`} />
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function RawJson({ run, state }: { run: string; state: RunState }) {
  const { data, error } = useQuery({ ...runQuery(run), queryKey: ['run', run, state] })
  return (
    <section className="fall" aria-label="Raw JSON">
      {error && <Problem says={inWords(error)} />}
      {!data && !error && <Bones />}
      {data && <Code text={JSON.stringify(data, null, 2)} label="Run as JSON" />}
    </section>
  )
}
