import type { Budget, Used } from '#/api/types'

const DAY = 86_400_000

/** Whole days in UTC up to the end of today, so that what is asked stays the same all day. */
export function lastDays(days: number, now = Date.now()) {
  const to = Math.floor(now / DAY) * DAY + DAY
  return { from: new Date(to - days * DAY).toISOString(), to: new Date(to).toISOString() }
}

/** What the budget's workspace or agent spent on each day, in the budget's unit; days without use included. */
export function perDay(rows: Used[], { scope, subject, unit }: Budget, from: string, to: string) {
  const spent = new Map<number, number>()
  for (const row of rows) {
    if (scope === 'agent' && row.name !== subject) continue
    const at = Date.parse(row.at)
    const value = unit === 'money' ? (row.cost?.microUnits ?? 0) : row.tokens
    spent.set(at, (spent.get(at) ?? 0) + value)
  }
  const days: { at: string; spent: number }[] = []
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY)
    days.push({ at: new Date(at).toISOString(), spent: spent.get(at) ?? 0 })
  return days
}
