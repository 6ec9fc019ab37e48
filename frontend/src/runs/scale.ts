import { isAsk } from '#/events/ask'
import type { RunView } from '#/events/view'

type Tick = { at: number; label: string }
type Loss = { at: number; when: string; replica: string; epoch: number }
/** Idle time that is drawn shorter than it was. */
type Fold = { from: number; to: number; ms: number }
/** Where moments stand between the run's begin and its end (or now), in percent of what is shown. */
export type Scale = { place: (moment: number) => number; ticks: Tick[]; losses: Loss[]; folds: Fold[]; idle: number }
/** `fold` draws idle time short; `zoom` shows that part of the run, around a moment. */
export type Look = { fold?: boolean; zoom?: number; around?: number }

const lengths = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000,
]
/** Shorter times are not worth a fold. */
const IDLE_MS = 2_000
/** As wide as a fold is, of all that is not idle. */
const FOLDED = 0.06

export function scaleOf(view: RunView, now: number, { fold = false, zoom = 1, around }: Look = {}): Scale {
  const begin = Date.parse(view.createdAt)
  const end = Math.max(begin + 1, view.endedAt ? Date.parse(view.endedAt) : now)
  const idle = idleOf(view, begin, end, now)
  const whole = drawn(begin, end, fold ? idle : [])
  const width = 100 / zoom
  const middle = around === undefined ? 50 : whole(around)
  const left = Math.min(100 - width, Math.max(0, middle - width / 2))
  const place = (moment: number) => Math.min(100, Math.max(0, (whole(moment) - left) * zoom))
  const losses = view.owners
    .filter((owner) => owner.reason === 'takeover')
    .map(({ at, replica, epoch }) => ({ at: place(Date.parse(at)), when: at, replica, epoch }))
  const folds = (fold ? idle : [])
    .map(([from, to]) => ({ from: place(from), to: place(to), ms: to - from }))
    .filter(({ from, to }) => to > from)
  return { place, ticks: ticksOf(begin, end, zoom, place), losses, folds, idle: idle.length }
}

type Span = [from: number, to: number]

/** Longer times in which the run only waited. */
function idleOf(view: RunView, begin: number, end: number, now: number): Span[] {
  const busy = view.steps
    .filter((step) => step.kind !== 'wait' && !isAsk(step))
    .map((step): Span => [Date.parse(step.startedAt), step.endedAt ? Date.parse(step.endedAt) : now])
    .toSorted((a, b) => a[0] - b[0])
  const spans: Span[] = []
  let until = begin
  for (const [from, to] of [...busy, [end, end] as Span]) {
    if (from - until >= IDLE_MS) spans.push([until, from])
    until = Math.max(until, to)
  }
  const total = spans.reduce((sum, [from, to]) => sum + to - from, 0)
  // Idle time that hides nothing stays as long as it was.
  return total > (end - begin) * 0.3 ? spans : []
}

/** From moments to percent, with the folded spans drawn short. */
function drawn(begin: number, end: number, folded: Span[]): (moment: number) => number {
  const idle = folded.reduce((sum, [from, to]) => sum + to - from, 0)
  const each = Math.max(1, (end - begin - idle) * FOLDED)
  const short = folded.map(([from, to]) => ({ from, to, length: Math.min(each, to - from) }))
  const at = (moment: number) =>
    short.reduce((sum, { from, to, length }) => {
      const inside = Math.min(moment, to) - from
      return inside <= 0 ? sum : sum - inside + (inside / (to - from)) * length
    }, moment - begin)
  const total = at(end)
  return (moment) => Math.min(100, Math.max(0, (at(moment) / total) * 100))
}

function ticksOf(begin: number, end: number, zoom: number, place: (moment: number) => number): Tick[] {
  const total = end - begin
  const shown = total / zoom
  const length = lengths.find((one) => shown / one <= 6) ?? 3_600_000 * Math.ceil(shown / 3_600_000 / 6)
  const ticks: Tick[] = []
  for (let at = 0; at <= total * 0.97; at += length) {
    const where = place(begin + at)
    const isOut = (at > 0 && where === 0) || where >= 97
    const isClose = ticks.length > 0 && where - ticks.at(-1)!.at < 9
    if (!isOut && !isClose) ticks.push({ at: where, label: written(at, length) })
  }
  return ticks
}

function written(ms: number, length: number) {
  if (ms === 0) return '0'
  if (length < 1000) return length < 100 || ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
  if (length < 60_000) return `${ms / 1000} s`
  return `${ms / 60_000} min`
}
