import { expect, test } from 'vitest'
import { timeLeft } from '#/ui/format'
import { amount, share, whose } from './units'

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
