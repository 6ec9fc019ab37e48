import { expect, test } from 'vitest'
import { costFact } from './cost'

const usd = (microUnits: number) => ({ microUnits, currency: 'USD' })

test('a_stopped_run_costs_at_most_what_the_budget_was_charged_and_never_nothing', () => {
  const stopped = { tokens: 16_500, cost: usd(83_000) }
  expect(costFact(usd(0), stopped, true)).toEqual({ says: 'at most $0.0830', note: 'stopped midway' })
  expect(costFact(usd(2_000), stopped, false).says).toBe('at most $0.0850')
})

test('where_no_price_is_known_the_cost_of_a_stopped_run_is_unknown', () => {
  const fact = costFact(usd(0), { tokens: 16_500, cost: null }, false)
  expect(fact.says).toBe('unknown')
  expect(fact.note).toContain('16,500 tokens')
  expect(costFact(null, null, false).says).toBe('unknown')
  expect(costFact(usd(900), null, false)).toEqual({ says: '$0.0009', note: undefined })
})
