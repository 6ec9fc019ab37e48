import { queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { get } from './client'
import { paged } from './pages'
import { api } from './paths'
import type { Page, Run, Thread, Turn } from './types'

export const threadsQuery = paged<Thread>(['threads'], (after) => api.threads({ after, limit: 40 }))
/** What the newest threads are called: lists of runs carry no text of their own. */
export const threadTitlesQuery = queryOptions({
  queryKey: ['threads', 'titles'],
  queryFn: ({ signal }) => get<Page<Thread>>(api.threads({ limit: 200 }), signal),
  select: (page) => new Map(page.data.map(({ id, title }) => [id, title])),
})
export const threadQuery = (thread: string) =>
  queryOptions({ queryKey: ['thread', thread], queryFn: ({ signal }) => get<Thread>(api.thread(thread), signal) })
/** The turns of a thread with their logs, newest first; live ones are carried on by their streams. */
export const turnsQuery = (thread: string) =>
  paged<Turn>(['thread', thread, 'runs'], (after) => api.threadEvents(thread, { after, limit: 20 }))

export const refreshThreads = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ['threads'] })
export const refreshThread = (queries: QueryClient, thread: string) =>
  queries.invalidateQueries({ queryKey: ['thread', thread] })
export const refreshTurns = (queries: QueryClient, thread: string) =>
  queries.invalidateQueries({ queryKey: turnsQuery(thread).queryKey })

type Known = InfiniteData<Page<Turn>, string | undefined> | undefined

/** Shows a run that was just started before the server is asked for it. */
export function addTurn(queries: QueryClient, run: Run) {
  queries.setQueryData<InfiniteData<Page<Turn>, string | undefined>>(turnsQuery(run.thread).queryKey, (known) =>
    withRun(known, run),
  )
  return refreshThreads(queries)
}

function withRun(known: Known, run: Run): NonNullable<Known> {
  const [first, ...rest] = known?.pages ?? []
  const page = first ?? { data: [], hasMore: false, nextCursor: null }
  const others = page.data.filter((other) => other.run.id !== run.id)
  const pages = [{ ...page, data: [{ run, events: [] }, ...others] }, ...rest]
  return { pages, pageParams: known?.pageParams ?? [undefined] }
}
