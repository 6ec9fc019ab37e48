import type { FoundRun } from '../src/api/types.ts'
import type { MockRun } from './world.ts'

/** Runs as a search shows them. */
export const foundOf = ({ run }: MockRun): FoundRun => ({
  ...run,
  kind: 'agent',
  parent: run.parent?.run ?? null,
  waiting: run.waiting && { reason: run.waiting.reason, until: run.waiting.until },
  input: run.input?.findLast(({ role }) => role === 'user')?.content ?? '',
  tokens: run.usage.inputTokens + run.usage.outputTokens,
  durationMs: run.endedAt ? Date.parse(run.endedAt) - Date.parse(run.createdAt) : null,
  origin: run.origin?.how ?? 'request',
})
export const matches = (asked: URLSearchParams) => (run: FoundRun) =>
  (run.input + run.output).toLowerCase().includes((asked.get('q') ?? '').toLowerCase()) &&
  (asked.get('state') ?? run.state) === run.state &&
  (asked.get('agent') ?? run.agent) === run.agent
