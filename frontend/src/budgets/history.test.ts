import { expect, test } from 'vitest'
import type { Budget, Used } from '#/api/types'
import { lastDays, perDay } from './history'

const now = Date.parse('2026-11-21T12:00:00Z')
const used = (at: string, name: string, tokens: number, microUnits?: number): Used => ({
  at,
  name,
  runs: 1,
  failed: 0,
  tokens,
  cost: microUnits === undefined ? null : { microUnits, currency: 'USD' },
  unpriced: 0,
})
const rows = [
  used('2026-11-20T00:00:00Z', 'clerk', 10, 5),
  used('2026-11-20T00:00:00Z', 'purser', 30),
  used('2026-11-21T00:00:00Z', 'clerk', 7, 2),
]
const spent = (budget: Partial<Budget>) => {
  const { from, to } = lastDays(3, now)
  return perDay(rows, budget as Budget, from, to).map((one) => one.spent)
}

test('the_last_days_are_whole_and_end_with_today', () => {
  expect(lastDays(3, now)).toEqual({ from: '2026-11-19T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' })
})

test('a_workspace_sums_its_agents_and_an_agent_has_its_own', () => {
  expect(spent({ scope: 'tenant', subject: '', unit: 'tokens' })).toEqual([0, 40, 7])
  expect(spent({ scope: 'agent', subject: 'clerk', unit: 'tokens' })).toEqual([0, 10, 7])
  expect(spent({ scope: 'agent', subject: 'clerk', unit: 'money' })).toEqual([0, 5, 2])
})
