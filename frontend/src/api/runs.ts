import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post } from './client'
import { paged } from './pages'
import { api } from './paths'
import { refreshThread, refreshThreads } from './threads'
import type { Comparison, Page, Run, RunEvent, RunState } from './types'

export type RunFilter = { state?: RunState; agent?: string; thread?: string }
export const runsQuery = (filter: RunFilter) =>
  paged<Run>(['runs', filter], (after) => api.runs({ ...filter, after, limit: 50 }))
/** Runs made from others name them; the other way round is found among the newest. */
export const recentRunsQuery = (thread?: string) =>
  queryOptions({
    queryKey: ['runs', 'recent', thread ?? ''],
    queryFn: ({ signal }) => get<Page<Run>>(api.runs({ thread, limit: 200 }), signal),
  })
export const runQuery = (run: string) =>
  queryOptions({ queryKey: ['run', run], queryFn: ({ signal }) => get<Run>(api.run(run), signal) })
/** The same, read once more for every state the run is seen in. */
export const runInStateQuery = (run: string, state: string) =>
  queryOptions({ ...runQuery(run), queryKey: ['run', run, state] })
/** What a page starts from: the run and its log. */
export const runAndLogQuery = (run: string) =>
  queryOptions({
    queryKey: ['run', run, 'log'],
    queryFn: async ({ client, signal }): Promise<{ run: Run; events: RunEvent[] }> => {
      const [known, events] = await Promise.all([client.fetchQuery(runQuery(run)), readLog(run, 0, signal)])
      return { run: known, events }
    },
    staleTime: Infinity,
    gcTime: 0,
  })
/** The log up to `seq`, for reading. */
export const runEventsQuery = (run: string, seq: number) =>
  queryOptions({ queryKey: ['run', run, 'events', seq], queryFn: ({ signal }) => readLog(run, 0, signal) })
export const comparisonQuery = (left: string, right: string) =>
  queryOptions({
    queryKey: ['compare', left, right],
    queryFn: ({ signal }) => get<Comparison>(api.compareRuns(left, right), signal),
  })

/** The log of a run after `seq`, read page by page to its end. */
export async function readLog(run: string, seq: number, signal?: AbortSignal): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  let after: string | number = seq
  for (;;) {
    const page: Page<RunEvent> = await get(api.runEvents(run, { after, limit: 200 }), signal)
    events.push(...page.data)
    if (!page.hasMore || page.nextCursor === null) return events
    after = page.nextCursor
  }
}

/** What becomes of the run that is under way when another message comes. */
export type WhenBusy = 'queue' | 'interrupt'
type NewRun = { input: string; thread?: string; whenBusy?: WhenBusy }

const once = (key: string) => ({ 'Idempotency-Key': key })
/** The same key twice makes one run, so that a request may be sent again after its answer was lost. */
export const startRun = (agent: string, run: NewRun, key: string) => post<Run>(api.startRun(agent), run, once(key))

export const cancelRun = (run: string) => post<Run>(api.cancelRun(run))
export const pauseRun = (run: string) => post<Run>(api.pauseRun(run))
export const resumeRun = (run: string) => post<Run>(api.resumeRun(run))

export type Fork = { step: number; input?: string; edits?: { step: number; output: unknown }[]; revision?: number }
export const retryRun = (run: string, body: { step: number }, key: string) =>
  post<Run>(api.retryRun(run), body, once(key))
export const forkRun = (run: string, body: Fork, key: string) => post<Run>(api.forkRun(run), body, once(key))
export const replayRun = (run: string, body: { revision: number }, key: string) =>
  post<Run>(api.replayRun(run), body, once(key))

/** A run was told to pause, to resume or to end. Its log is followed by its stream and stays. */
export function refreshRun(queries: QueryClient, run: string) {
  void queries.invalidateQueries({
    queryKey: runQuery(run).queryKey,
    predicate: ({ queryKey }) => queryKey[2] !== 'log',
  })
  void refreshLists(queries)
}

/** A run was made out of another one. */
export function runMade(queries: QueryClient, made: Run) {
  void refreshLists(queries)
  void refreshThread(queries, made.thread)
}

const refreshLists = (queries: QueryClient) =>
  Promise.all([queries.invalidateQueries({ queryKey: ['runs'] }), refreshThreads(queries)])
