import type { RunView } from '#/events/view'

type Tick = { at: number; label: string }
type Loss = { at: number; when: string; replica: string; epoch: number }
/** Where moments stand between the run's begin and its end (or now), in percent. */
export type Scale = { place: (moment: number) => number; ticks: Tick[]; losses: Loss[] }

const lengths = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000,
]

export function scaleOf(view: RunView, now: number): Scale {
  const begin = Date.parse(view.createdAt)
  const end = Math.max(begin + 1, view.endedAt ? Date.parse(view.endedAt) : now)
  const total = end - begin
  const place = (moment: number) => Math.min(100, Math.max(0, ((moment - begin) / total) * 100))
  const length = lengths.find((one) => total / one <= 6) ?? 3_600_000 * Math.ceil(total / 3_600_000 / 6)
  const ticks: Tick[] = []
  for (let at = 0; at <= total * 0.97; at += length) ticks.push({ at: (at / total) * 100, label: written(at, length) })
  const losses = view.owners
    .filter((owner) => owner.reason === 'takeover')
    .map(({ at, replica, epoch }) => ({ at: place(Date.parse(at)), when: at, replica, epoch }))
  return { place, ticks, losses }
}

function written(ms: number, length: number) {
  if (ms === 0) return '0'
  if (length < 1000) return length < 100 || ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
  if (length < 60_000) return `${ms / 1000} s`
  return `${ms / 60_000} min`
}
