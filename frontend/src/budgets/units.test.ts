import { expect, test } from 'vitest'
import { timeLeft } from '#/ui/format'
import type { Budget } from '#/api/types'
import { amount, share, usedUpAt, whose } from './units'

test.each([
  ['money', 5_000_000, '$5.00'],
  ['tokens', 200_000, '200,000 tokens'],
  ['time', 1800, '30 min'],
  ['time', 5400, '1 h 30 min'],
  ['output', 1_000_000, '1 MB'],
  ['depth', 3, '3'],
] as const)('%s of %i is written as %s', (unit, value, written) => {
  expect(amount(unit, value)).toBe(written)
})

test('a_budget_says_whose_it_is', () => {
  expect(whose({ scope: 'tenant', subject: '' })).toBe('Whole workspace')
  expect(whose({ scope: 'user', subject: '*' })).toBe('Each user')
  expect(whose({ scope: 'agent', subject: 'clerk' })).toBe('Agent clerk')
})

test('a_share_never_leaves_its_bar', () => {
  expect([share(5, 10), share(20, 10), share(-1, 10), share(0, 0)]).toEqual([50, 100, 0, 100])
})

test.each([
  [900, '1 s'],
  [150_000, '2 min 30 s'],
  [3_000_000, '50 min'],
  [14_280_000, '3 h 58 min'],
  [86_400_000, '1 day'],
])('%i ms to go are written as %s', (ms, written) => {
  expect(timeLeft(ms)).toBe(written)
})

test('what_is_spent_fast_is_used_up_before_its_period_ends', () => {
  const budget = { period: 'day', periodEndsAt: '2026-12-02T00:00:00Z', cap: 100 } as Budget
  const noon = Date.parse('2026-12-01T12:00:00Z')

  expect(usedUpAt(budget, 75, noon)).toBe('2026-12-01T16:00:00.000Z')
  expect(usedUpAt(budget, 40, noon)).toBeUndefined()
  expect(usedUpAt(budget, 100, noon)).toBeUndefined()
  expect(usedUpAt(budget, 10, Date.parse('2026-12-01T00:30:00Z'))).toBeUndefined()
})
