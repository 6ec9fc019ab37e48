import type { RunFilter, RunOrigin, RunSort } from '#/api/search'
import type { RunState, WaitingReason } from '#/api/types'
import { number, oneOf, text } from '#/ui/search'

/** What the addresses of these pages hold. */
type Search = Record<string, unknown>

const states: RunState[] = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']
export const reasons: WaitingReason[] = ['approval', 'outcome_unknown', 'client', 'signal', 'run', 'timer', 'paused']
export const origins: RunOrigin[] = ['request', 'call', 'retry', 'fork', 'replay']
export const sorts: RunSort[] = ['newest', 'cost', 'duration', 'tokens']

/** A word that looks like a number is one in an address. */
const word = (value: unknown) => text(typeof value === 'number' ? String(value) : value)
const time = (value: unknown) => (Number.isNaN(Date.parse(text(value) ?? '')) ? undefined : text(value))

export const runsSearch = (search: Search): RunFilter => ({
  q: word(search.q),
  state: oneOf(states, search.state),
  waiting: oneOf(reasons, search.waiting),
  agent: text(search.agent),
  error: text(search.error),
  requester: word(search.requester),
  origin: oneOf(origins, search.origin),
  thread: text(search.thread),
  feedback: oneOf(['up' as const, 'down' as const], search.feedback),
  from: time(search.from),
  to: time(search.to),
  minCost: number(search.minCost),
  minDuration: number(search.minDuration),
  minTokens: number(search.minTokens),
  sort: oneOf(sorts, search.sort),
})

export type RunSection = 'graph' | 'waterfall' | 'table' | 'log' | 'json'
const sections: RunSection[] = ['graph', 'waterfall', 'table', 'log', 'json']
export const runSearch = (search: Search): { show?: RunSection; step?: number } => ({
  show: oneOf(sections, search.show),
  step: number(search.step),
})

export const compareSearch = (search: Search): { left?: string; right?: string } => ({
  left: text(search.left),
  right: text(search.right),
})
