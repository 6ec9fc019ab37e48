import type { RunFilter } from '#/api/runs'
import type { RunState } from '#/api/types'
import { number, oneOf, text } from '#/ui/search'

/** What the addresses of these pages hold. */
type Search = Record<string, unknown>

const states: RunState[] = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']
export const runsSearch = (search: Search): RunFilter => ({
  state: oneOf(states, search.state),
  agent: text(search.agent),
  thread: text(search.thread),
})

export type RunSection = 'waterfall' | 'table' | 'log' | 'json'
const sections: RunSection[] = ['waterfall', 'table', 'log', 'json']
export const runSearch = (search: Search): { show?: RunSection; step?: number } => ({
  show: oneOf(sections, search.show),
  step: number(search.step),
})

export const compareSearch = (search: Search): { left?: string; right?: string } => ({
  left: text(search.left),
  right: text(search.right),
})
