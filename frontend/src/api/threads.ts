import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { get, patch, remove } from './client'
import { hasStatus } from './errors'
import { paged } from './pages'
import { api } from './paths'
import type { Branch, Page, Run, Thread, Turn } from './types'

export type ShownThreads = 'usual' | 'pinned' | 'archived'
export const threadsQuery = (shown: ShownThreads = 'usual') =>
  paged<Thread>(['threads', shown], (after) => api.threads({ shown, after, limit: 40 }))
/** What the newest threads are called: lists of runs carry no text of their own. */
export const threadTitlesQuery = queryOptions({
  queryKey: ['threads', 'titles'],
  queryFn: ({ signal }) => get<Page<Thread>>(api.threads({ limit: 200 }), signal),
  select: (page) => new Map(page.data.map(({ id, title }) => [id, title])),
})
export const threadQuery = (thread: string) =>
  queryOptions({ queryKey: ['thread', thread], queryFn: ({ signal }) => get<Thread>(api.thread(thread), signal) })

/** Turns before `after`, or the newest of the thread. */
type TurnsAt = { thread: string; after?: string }
/** `next` is where the conversation goes on backwards: a branch goes on in the thread that it came from. */
export type TurnPage = Page<Turn> & { next?: TurnsAt; branchOf?: { run: string; thread: string } }
const PAGE = 20
const LONGEST_CHAIN = 20

/**
 * The turns of a conversation with their logs, newest first; live ones are carried on by their streams. A thread that is a
 * branch begins with the turns before the one that it branched off from.
 */
export const turnsQuery = (thread: string) =>
  infiniteQueryOptions({
    queryKey: ['thread', thread, 'runs'],
    queryFn: ({ pageParam, signal }) => readTurns(pageParam, signal),
    initialPageParam: { thread } as TurnsAt,
    getNextPageParam: (page: TurnPage) => page.next,
  })

async function readTurns({ thread, after }: TurnsAt, signal: AbortSignal): Promise<TurnPage> {
  const page = await get<Page<Turn>>(api.threadEvents(thread, { after, limit: PAGE }), signal)
  if (page.nextCursor) return { ...page, next: { thread, after: page.nextCursor } }
  const origin = page.data.at(-1)?.run.origin
  if (origin?.how !== 'fork') return page
  const from = await firstOf(origin.run, signal)
  if (!from) return page
  return { ...page, next: { thread: from.thread, after: from.id }, branchOf: { run: origin.run, thread: from.thread } }
}

/** The run that a chain of retries goes back to: they all stand in its place. Nothing where it is deleted. */
async function firstOf(id: string, signal: AbortSignal): Promise<Run | undefined> {
  try {
    let run = await get<Run>(api.run(id), signal)
    for (let back = 0; run.origin?.how === 'retry' && back < LONGEST_CHAIN; back++) {
      run = await get<Run>(api.run(run.origin.run), signal)
    }
    return run
  } catch (error) {
    if (hasStatus(error, 404)) return undefined
    throw error
  }
}

/** The conversations that begin where turns of this one began. */
export const branchesQuery = (thread: string) =>
  queryOptions({
    queryKey: ['thread', thread, 'branches'],
    queryFn: ({ signal }) => get<{ data: Branch[] }>(api.branches(thread), signal),
  })

export type ThreadChange = { title?: string; pinned?: boolean; archived?: boolean }
export const changeThread = (thread: string, change: ThreadChange) => patch<Thread>(api.thread(thread), change)
export const deleteThread = (thread: string) => remove(api.thread(thread))

/** All turns of a thread, oldest first. */
export async function readThread(thread: string): Promise<Turn[]> {
  const turns: Turn[] = []
  for (let after: string | undefined; ;) {
    const page: Page<Turn> = await get(api.threadEvents(thread, { after, limit: 100 }))
    turns.push(...page.data)
    if (!page.nextCursor) return turns.toReversed()
    after = page.nextCursor
  }
}

/** The newest few, for who wants to know what it is about. */
export const lastTurnsQuery = (thread: string) =>
  queryOptions({
    queryKey: ['thread', thread, 'last'],
    queryFn: ({ signal }) => get<Page<Turn>>(api.threadEvents(thread, { limit: 3 }), signal),
  })

export const refreshThreads = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ['threads'] })
export const refreshThread = (queries: QueryClient, thread: string) =>
  queries.invalidateQueries({ queryKey: ['thread', thread] })
export const refreshTurns = (queries: QueryClient, thread: string) =>
  queries.invalidateQueries({ queryKey: turnsQuery(thread).queryKey })

type Known = InfiniteData<TurnPage, TurnsAt> | undefined

/** Shows a run that was just started before the server is asked for it. */
export function addTurn(queries: QueryClient, run: Run) {
  queries.setQueryData<InfiniteData<TurnPage, TurnsAt>>(turnsQuery(run.thread).queryKey, (known) => withRun(known, run))
  return refreshThreads(queries)
}

function withRun(known: Known, run: Run): NonNullable<Known> {
  const [first, ...rest] = known?.pages ?? []
  const page = first ?? { data: [], hasMore: false, nextCursor: null }
  const others = page.data.filter((other) => other.run.id !== run.id)
  const pages = [{ ...page, data: [{ run, events: [] }, ...others] }, ...rest]
  return { pages, pageParams: known?.pageParams ?? [{ thread: run.thread }] }
}

/** A thread was named, pinned, put away or deleted. */
export function threadChanged(queries: QueryClient, thread: string, isGone = false) {
  if (isGone) queries.removeQueries({ queryKey: ['thread', thread] })
  else void queries.invalidateQueries({ queryKey: threadQuery(thread).queryKey, exact: true })
  return refreshThreads(queries)
}
