import { expect, test } from 'vitest'
import { viewOf } from '#/events/view'
import type { Step } from '#/api/types'
import { aRun, aStep } from '#/testing/histories'
import { scaleOf } from './scale'

const begin = Date.parse(aRun.createdAt)

test.each([
  [300, ['0', '50 ms', '100 ms', '150 ms', '200 ms', '250 ms']],
  [2_400, ['0', '500 ms', '1 s', '1.5 s', '2 s']],
  [41_000, ['0', '10 s', '20 s', '30 s']],
  [600_000, ['0', '2 min', '4 min', '6 min', '8 min']],
])('a_run_of_%d_ms_has_round_marks', (ms, labels) => {
  expect(scaleOf(viewOf(aRun), begin + ms).ticks.map((tick) => tick.label)).toEqual(labels)
})

test('a_take_over_is_marked_where_it_happened', () => {
  const at = new Date(begin + 250).toISOString()
  const view = { ...viewOf(aRun), owners: [{ replica: 'b', at, epoch: 2, reason: 'takeover' as const }] }

  expect(scaleOf(view, begin + 1000).losses).toEqual([{ at: 25, when: at, replica: 'b', epoch: 2 }])
})

const stepAt = (number: number, from: number, to: number): Step => ({
  ...(aStep(number) as Step),
  kind: 'tool',
  startedAt: new Date(begin + from).toISOString(),
  endedAt: new Date(begin + to).toISOString(),
  durationMs: to - from,
})

test('idle_time_is_folded_where_it_hides_the_rest', () => {
  const view = { ...viewOf(aRun), steps: [stepAt(1, 0, 1_000), stepAt(2, 3_601_000, 3_602_000)] }
  const plain = scaleOf(view, begin + 3_602_000)
  const folded = scaleOf(view, begin + 3_602_000, { fold: true })

  expect(plain.idle).toBe(1)
  expect(plain.place(begin + 1_000)).toBeLessThan(0.1)
  expect(folded.place(begin + 1_000)).toBeGreaterThan(40)
  expect(folded.folds).toHaveLength(1)
  expect(folded.folds[0]!.ms).toBe(3_600_000)
  expect(folded.place(begin + 3_602_000)).toBe(100)
})

test('zoom_shows_a_part_around_a_moment', () => {
  const view = viewOf(aRun)
  const scale = scaleOf(view, begin + 10_000, { zoom: 5, around: begin + 5_000 })

  expect(scale.place(begin + 5_000)).toBe(50)
  expect(scale.place(begin + 4_000)).toBe(0)
  expect(scale.place(begin + 6_000)).toBe(100)
  expect(scaleOf(view, begin + 10_000, { zoom: 5, around: begin }).place(begin)).toBe(0)
})
