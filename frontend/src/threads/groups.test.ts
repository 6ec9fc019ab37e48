import { expect, test } from 'vitest'
import type { Thread } from '#/api/types'
import { groupsOf } from './groups'

const now = new Date(2026, 10, 30, 9, 0)
const at = (year: number, month: number, day: number, hour = 12) =>
  ({ id: `${month}-${day}`, updatedAt: new Date(year, month, day, hour).toISOString() }) as Thread

test('threads_are_grouped_by_the_days_of_who_reads', () => {
  const groups = groupsOf(
    [at(2026, 10, 30, 1), at(2026, 10, 29, 23), at(2026, 10, 25), at(2026, 10, 5), at(2026, 8, 2), at(2026, 8, 1)],
    now,
  )

  expect(groups.map(({ name, threads }) => [name, threads.length])).toEqual([
    ['Today', 1],
    ['Yesterday', 1],
    ['Previous 7 days', 1],
    ['Previous 30 days', 1],
    ['September 2026', 2],
  ])
})
