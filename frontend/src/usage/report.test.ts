import { expect, test } from 'vitest'
import type { Used } from '#/api/types'
import { filled, lastDays, totalOf } from './report'

const used = (at: string, microUnits: number | null): Used => ({
  at,
  name: '',
  runs: 2,
  failed: 1,
  tokens: 10,
  cost: microUnits === null ? null : { microUnits, currency: 'USD' },
  unpriced: microUnits === null ? 2 : 0,
})

test('a_day_without_use_has_its_place', () => {
  const rows = [used('2026-11-02T00:00:00Z', 5)]
  const span = { from: '2026-11-01T00:00:00Z', to: '2026-11-04T10:00:00Z', bucket: 'day' } as const

  expect(filled(rows, span).map(({ at, runs }) => `${at.slice(0, 10)} ${runs}`)).toEqual([
    '2026-11-01 0',
    '2026-11-02 2',
    '2026-11-03 0',
    '2026-11-04 0',
  ])
})

test('days_are_whole_and_the_question_stays_the_same_within_an_hour', () => {
  const early = lastDays(7, Date.parse('2026-11-30T10:01:00Z'))

  expect(early).toEqual({ from: '2026-11-23T00:00:00.000Z', to: '2026-11-30T11:00:00.000Z' })
  expect(lastDays(7, Date.parse('2026-11-30T10:59:00Z'))).toEqual(early)
})

test('what_has_no_price_is_no_zero', () => {
  expect(totalOf([used('a', null)]).cost).toBeNull()
  expect(totalOf([used('a', null), used('b', 7)])).toMatchObject({ cost: { microUnits: 7 }, unpriced: 2, runs: 4 })
})
