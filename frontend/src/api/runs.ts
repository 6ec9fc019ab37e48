import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post } from './client'
import { api } from './paths'
import { refreshThread, refreshThreads } from './threads'
import type { Comparison, Page, Run, RunEvent, StepRequest, Why } from './types'

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
/** What the model was sent in a step; `state` is the step's, for what is known changes with it. */
export const stepRequestQuery = (run: string, step: number, state: string) =>
  queryOptions({
    queryKey: ['run', run, 'request', step, state],
    queryFn: ({ signal }) => get<StepRequest>(api.stepRequest(run, step), signal),
    staleTime: Infinity,
  })
/** Of one that failed. */
export const whyQuery = (run: string) =>
  queryOptions({
    queryKey: ['run', run, 'why'],
    queryFn: ({ signal }) => get<Why>(api.whyRunFailed(run), signal),
    staleTime: Infinity,
  })
export const comparisonQuery = (left: string, right: string) =>
  queryOptions({
    queryKey: ['compare', left, right],
    queryFn: ({ signal }) => get<Comparison>(api.compareRuns(left, right), signal),
  })

const PAGE = 200
/** As many as browsers ask one server at once. */
const PAGES_AT_ONCE = 6

/** The log of a run after `seq`, read to its end. It has no gaps, so a long one is read by several pages at once. */
export async function readLog(run: string, seq: number, signal?: AbortSignal): Promise<RunEvent[]> {
  const read = (after: number) => get<Page<RunEvent>>(api.runEvents(run, { after, limit: PAGE }), signal)
  const events: RunEvent[] = []
  for (let pages = 1; ; pages = PAGES_AT_ONCE) {
    const from = seq + events.length
    const found = await Promise.all(Array.from({ length: pages }, (_, at) => read(from + at * PAGE)))
    for (const page of found) {
      // A run that goes on may have more by the time that a later page is read: what does not follow is read again.
      if (page.data[0] && page.data[0].seq !== seq + events.length + 1) break
      events.push(...page.data)
      if (!page.hasMore) return events
    }
  }
}

/** What becomes of the run that is under way when another message comes. */
export type WhenBusy = 'queue' | 'interrupt'
/** What a person says: words, or words with pictures as data URLs. */
export type Words = string | { role: 'user'; content: string; images: string[] }[]
type NewRun = { input: Words; thread?: string; whenBusy?: WhenBusy; revision?: number }

/** Words where that is all there is. */
export const wordsOf = (text: string, images: string[]): Words =>
  images.length === 0 ? text : [{ role: 'user', content: text, images }]

const once = (key: string) => ({ 'Idempotency-Key': key })
/** The same key twice makes one run, so that a request may be sent again after its answer was lost. */
export const startRun = (agent: string, run: NewRun, key: string) => post<Run>(api.startRun(agent), run, once(key))

export const cancelRun = (run: string) => post<Run>(api.cancelRun(run))
export const pauseRun = (run: string) => post<Run>(api.pauseRun(run))
export const resumeRun = (run: string) => post<Run>(api.resumeRun(run))

export type Fork = { step: number; input?: Words; edits?: { step: number; output: unknown }[]; revision?: number }
export const retryRun = (run: string, body: { step?: number }, key: string) =>
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

/** A branch of a conversation was begun. */
export function branchMade(queries: QueryClient, made: Run, from: string) {
  runMade(queries, made)
  void refreshThread(queries, from)
}

export const refreshLists = (queries: QueryClient) =>
  Promise.all([queries.invalidateQueries({ queryKey: ['runs'] }), refreshThreads(queries)])
