import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, put } from './client'
import { paged } from './pages'
import { api } from './paths'
import type { FoundRun, Page, Rating, RunState, WaitingReason } from './types'

export type RunOrigin = FoundRun['origin']
export type RunSort = 'newest' | 'cost' | 'duration' | 'tokens'

/** What runs are looked for by; costs in micro-units, durations in milliseconds. */
export type RunFilter = {
  q?: string
  state?: RunState
  waiting?: WaitingReason
  agent?: string
  error?: string
  requester?: string
  origin?: RunOrigin
  thread?: string
  feedback?: Rating
  from?: string
  to?: string
  minCost?: number
  minDuration?: number
  minTokens?: number
  sort?: RunSort
}

/** `isWhole` is false where a list sorted by a figure did not look at all runs. */
export type FoundRunPage = Page<FoundRun> & { isWhole?: boolean }
/** A page may be short and have a next one: a request looks at so many runs only. */
export const foundRunsQuery = (filter: RunFilter) =>
  paged<FoundRun, FoundRunPage>(['runs', 'found', filter], (after) => api.search({ ...filter, after, limit: 50 }))

export type RunCount = { runs: number; isExact: boolean }
export const runCountQuery = ({ sort: _sort, ...filter }: RunFilter) =>
  queryOptions({
    queryKey: ['runs', 'count', filter],
    queryFn: ({ signal }) => get<RunCount>(api.searchCount(filter), signal),
  })

/** A search under a name; `query` is that of an address. */
export type SavedSearch = { name: string; query: string }
type Saved = { data: SavedSearch[] }
export const savedSearchesQuery = queryOptions({
  queryKey: ['searches'],
  queryFn: ({ signal }) => get<Saved>(api.savedSearches, signal),
  staleTime: 60_000,
})
/** In place of all that were kept. */
export const saveSearches = (data: SavedSearch[]) => put<Saved>(api.savedSearches, { data })

export const rememberSearches = (queries: QueryClient, saved: Saved) =>
  queries.setQueryData(savedSearchesQuery.queryKey, saved)

/** The first few, for who types. */
export const quickSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['runs', 'quick', q],
    queryFn: ({ signal }) => get<Page<FoundRun>>(api.search({ q, limit: 6 }), signal),
    enabled: q.trim().length > 1,
  })

/** Threads by the newest run of each that has these words. */
export const foundThreadsQuery = (q: string) =>
  queryOptions({
    queryKey: ['threads', 'found', q],
    queryFn: async ({ signal }) => {
      const { data } = await get<Page<FoundRun>>(api.search({ q, limit: 60 }), signal)
      return data.filter((run, index) => data.findIndex((other) => other.thread === run.thread) === index)
    },
  })
