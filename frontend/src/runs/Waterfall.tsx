import { useRef, type KeyboardEvent } from 'react'
import type { Step } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { durationOf, shownState, stepName, tellingOf } from '#/events/steps'
import type { RunView } from '#/events/view'
import { clockTime, duration } from '#/ui/format'
import { Fall } from '#/ui/Split'
import { scaleOf, type Scale } from './scale'
import './waterfall.css'

type Props = { view: RunView; now: number; chosen?: number; onPick: (step: number) => void }

/** Steps over time, one row each. The arrow keys walk it and the inspector follows. */
export function Waterfall({ view, now, chosen, onPick }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const scale = scaleOf(view, now)
  const walk = (event: KeyboardEvent) => {
    const numbers = view.steps.map((step) => step.number)
    const at = numbers.indexOf(Number((event.target as HTMLElement).dataset.step))
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: numbers.length - 1 }[event.key]
    const next = to === undefined ? undefined : numbers[Math.max(0, Math.min(numbers.length - 1, to))]
    if (next === undefined) return
    event.preventDefault()
    onPick(next)
    list.current?.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus()
  }
  return (
    <Fall label="Waterfall">
      <div className="scale" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick.label} style={{ left: `${tick.at}%` }}>
            {tick.label}
          </span>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys arrive from the buttons inside */}
      <ol ref={list} onKeyDown={walk}>
        {view.steps.map((step) => (
          <li key={step.number}>
            <StepRow step={step} scale={scale} now={now} view={view} chosen={step.number === chosen} onPick={onPick} />
          </li>
        ))}
      </ol>
      {view.steps.length === 0 && <p className="small">No steps yet</p>}
      {scale.losses.map((loss) => (
        <p key={loss.epoch} className="small loss">
          <i /> {clockTime(loss.when)}: server restarted, continued on {loss.replica}
        </p>
      ))}
    </Fall>
  )
}

type RowProps = {
  step: Step
  scale: Scale
  now: number
  view: RunView
  chosen: boolean
  onPick: (step: number) => void
}

function StepRow({ step, scale, now, chosen, onPick }: RowProps) {
  const took = durationOf(step, now)
  const left = scale.place(Date.parse(step.startedAt))
  const width = scale.place(Date.parse(step.startedAt) + took) - left
  return (
    <button className="step" data-step={step.number} aria-pressed={chosen} onClick={() => onPick(step.number)}>
      <span className="name">
        <StateMark state={shownState(step)} word={false} />
        <span className="cut">
          {stepName(step)} <em>{step.kind === 'model' ? step.model?.name : tellingOf(step)}</em>
        </span>
      </span>
      <span className="track">
        <i className={`bar ${step.kind}`} style={{ left: `${left}%`, width: `${width}%` }} />
        {scale.losses.map((loss) => (
          <i
            key={loss.epoch}
            className="mark-lost"
            style={{ left: `${loss.at}%` }}
            title={`Server restarted, continued on ${loss.replica}`}
          />
        ))}
      </span>
      <span className="took">{duration(took)}</span>
    </button>
  )
}
