import { expect, test } from 'vitest'
import { viewOf } from '#/events/view'
import { aRun } from '#/testing/histories'
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
