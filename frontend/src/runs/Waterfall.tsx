import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import type { Step } from '#/api/types'
import { durationOf, shownState } from '#/events/steps'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { clockTime } from '#/ui/format'
import { useNarrow } from '#/ui/screen'
import { Fall } from '#/ui/Split'
import { useWindowed } from '#/ui/windowed'
import { none, rowsOf, type Called } from './called'
import { scaleOf } from './scale'
import { hasFailed, StepRow } from './StepRow'
import './waterfall.css'

type Props = { view: RunView; now: number; chosen?: number; called?: Called; onPick: (step: number) => void }
type Shown = 'all' | 'failed' | 'model' | 'tool'

const ROW = 32
const NARROW_ROW = 46
const ZOOMS = [1, 2, 5, 10, 20, 50]

/**
 * Steps over time, one row each, those that an answer asked for below it, and below a call the steps of the run that it
 * led to. The arrow keys walk it and the inspector follows. Only the rows that are seen are drawn.
 */
export function Waterfall({ view, now, chosen, called = none, onPick }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [only, setOnly] = useState<Shown>('all')
  const [zoom, setZoom] = useState(0)
  const [fold, setFold] = useState(true)
  const steps = useMemo(() => view.steps.filter(filters[only]), [view.steps, only])
  const rows = useMemo(() => rowsOf(steps, called), [steps, called])
  const around = steps.find((step) => step.number === chosen)
  const scale = useMemo(
    () =>
      scaleOf(view, now, {
        fold,
        zoom: ZOOMS[zoom],
        around: around && Date.parse(around.startedAt) + durationOf(around, now) / 2,
      }),
    [view, now, fold, zoom, around],
  )
  const { from, to, reveal } = useWindowed(list, rows.length, useNarrow(640) ? NARROW_ROW : ROW)
  const failed = view.steps.filter(filters.failed).length
  const first = rows.findIndex(({ run, step }) => !run && step.number === chosen)
  const reachable = first >= from && first < to ? first : from
  const walk = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ key }) => key === (event.target as HTMLElement).dataset.step)
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (target === undefined || at < 0) return
    const index = Math.max(0, Math.min(rows.length - 1, target))
    const next = rows[index]!
    event.preventDefault()
    flushSync(() => reveal(index))
    if (!next.run) onPick(next.step.number)
    list.current?.querySelector<HTMLElement>(`[data-step="${next.key}"]`)?.focus()
  }
  const pick = (event: MouseEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('button[data-step]')
    if (row) onPick(Number(row.dataset.step))
  }
  return (
    <Fall label="Waterfall">
      <div className="fall-bar">
        {chips.map(({ value, label }) => (
          <Button
            key={value}
            aria-pressed={only === value}
            blocked={value === 'failed' && failed === 0 && 'No step has failed'}
            onClick={() => setOnly(value)}
          >
            {label}
            {value === 'failed' && failed > 0 && ` ${failed}`}
          </Button>
        ))}
        <span className="grow" />
        {scale.idle > 0 && (
          <Button aria-pressed={fold} onClick={() => setFold(!fold)}>
            Fold idle time
          </Button>
        )}
        <Button aria-label="Zoom out" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          −
        </Button>
        <Button
          aria-label="Zoom in on the chosen step"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          +
        </Button>
      </div>
      <div className="scale" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick.label} style={{ left: `${tick.at}%` }}>
            {tick.label}
          </span>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- both arrive from the buttons inside */}
      <ol ref={list} onKeyDown={walk} onClick={pick}>
        <Space rows={from} />
        {rows.slice(from, to).map((row, index) => {
          const { step } = row
          const took = durationOf(step, now)
          const left = scale.place(Date.parse(step.startedAt))
          return (
            <StepRow
              key={row.key}
              row={row}
              state={shownState(step)}
              took={took}
              left={left}
              width={scale.place(Date.parse(step.startedAt) + took) - left}
              marks={scale}
              chosen={!row.run && step.number === chosen}
              reachable={from + index === reachable}
              position={from + index + 1}
              of={rows.length}
              onUnfold={called.toggle}
            />
          )
        })}
        <Space rows={rows.length - to} />
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

const chips: { value: Shown; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'model', label: 'Model' },
  { value: 'tool', label: 'Tools' },
]
const filters: Record<Shown, (step: Step) => boolean> = {
  all: () => true,
  failed: ({ state }) => hasFailed(state),
  model: ({ kind }) => kind === 'model',
  tool: ({ kind }) => kind === 'tool' || kind === 'agent',
}

/** What stands for the rows that are not drawn. */
function Space({ rows }: { rows: number }) {
  const high = useNarrow(640) ? NARROW_ROW : ROW
  return rows > 0 ? <li className="space" aria-hidden="true" style={{ height: rows * high }} /> : null
}
