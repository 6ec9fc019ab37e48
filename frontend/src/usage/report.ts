import type { Used } from '#/api/types'
import type { UsageQuery } from '#/api/usage'

const HOUR = 3_600_000

/** The last days up to the end of the running hour, so that what is asked stays the same for a while. */
export function lastDays(days: number, now = Date.now()): Pick<UsageQuery, 'from' | 'to'> {
  const to = Math.ceil(now / HOUR) * HOUR
  const from = to - days * 24 * HOUR
  // Whole days in UTC where days are shown.
  const begin = days === 1 ? from : Math.floor(from / (24 * HOUR)) * 24 * HOUR
  return { from: new Date(begin).toISOString(), to: new Date(to).toISOString() }
}

export const bucketOf = (days: number): 'hour' | 'day' => (days === 1 ? 'hour' : 'day')

/** One entry for every hour or day, those without any use included. */
export function filled(rows: Used[], { from, to, bucket }: Omit<UsageQuery, 'by'>): Used[] {
  const step = bucket === 'hour' ? HOUR : 24 * HOUR
  const known = new Map(rows.map((row) => [Date.parse(row.at), row]))
  const all: Used[] = []
  for (let at = Math.floor(Date.parse(from) / step) * step; at < Date.parse(to); at += step) {
    const nothing = { at: new Date(at).toISOString(), name: '', runs: 0, failed: 0, tokens: 0, cost: null, unpriced: 0 }
    all.push(known.get(at) ?? nothing)
  }
  return all
}

export const costOf = (used: Used) => used.cost?.microUnits ?? 0

export function totalOf(rows: Used[]): Omit<Used, 'at' | 'name'> {
  const sum = (figure: (row: Used) => number) => rows.reduce((total, row) => total + figure(row), 0)
  const currency = rows.find((row) => row.cost)?.cost?.currency
  return {
    runs: sum((row) => row.runs),
    failed: sum((row) => row.failed),
    tokens: sum((row) => row.tokens),
    cost: currency ? { microUnits: sum(costOf), currency } : null,
    unpriced: sum((row) => row.unpriced),
  }
}
