import type { UsageBy } from '#/api/usage'
import { oneOf } from '#/ui/search'

export const ways: UsageBy[] = ['agent', 'model', 'key', 'user', 'thread']
export const spans = ['1', '7', '30', '90'] as const
export type Span = (typeof spans)[number]

/** What the address of the page holds: what is told apart, and how many days. */
export const usageSearch = (search: Record<string, unknown>): { by?: UsageBy; days?: Span } => ({
  by: oneOf(ways, search.by),
  days: oneOf([...spans], String(search.days)),
})
