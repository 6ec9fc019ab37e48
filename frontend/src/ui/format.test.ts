import { expect, test } from 'vitest'
import { ago, duration, money, plural, shortId } from './format'

const now = Date.parse('2026-11-21T12:00:00Z')

test.each([
  ['2026-11-21T11:59:50Z', 'just now'],
  ['2026-11-21T11:58:00Z', '2 min ago'],
  ['2026-11-21T09:00:00Z', '3 h ago'],
  ['2026-11-20T11:00:00Z', 'yesterday'],
  ['2026-11-17T11:00:00Z', '4 days ago'],
  ['2026-11-21T12:00:20Z', 'in 20 s'],
  ['2026-11-21T14:00:00Z', 'in 2 h'],
])('%s_is_%s', (at, says) => {
  expect(ago(at, now)).toBe(says)
})

test.each([
  [12, '12 ms'],
  [2_100, '2.1 s'],
  [61_000, '1 min 1 s'],
  [3_720_000, '1 h 2 min'],
])('%d_ms_is_%s', (ms, says) => {
  expect(duration(ms)).toBe(says)
})

test.each([
  [0, '$0'],
  [42, '$0.000042'],
  [866, '$0.0009'],
  [1_200, '$0.0012'],
  [42_000, '$0.0420'],
  [3_500_000, '$3.50'],
])('%d_micro_units_are_%s', (microUnits, says) => {
  expect(money({ microUnits, currency: 'USD' })).toBe(says)
})

test('one_step_two_steps', () => {
  expect([plural(1, 'step'), plural(1200, 'step')]).toEqual(['1 step', '1,200 steps'])
})

test('a_long_id_is_cut_in_the_middle', () => {
  expect(shortId('019a7f3c-1111-7222-8333-44445555b21e')).toBe('019a7f3c…b21e')
})
