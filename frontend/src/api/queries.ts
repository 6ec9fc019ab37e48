import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './paths'
import { get, rememberCsrfToken } from './client'
import type {
  Agent,
  Approval,
  ApprovalState,
  Budget,
  Comparison,
  Info,
  Key,
  Model,
  Page,
  Readiness,
  Revision,
  Run,
  RunEvent,
  RunState,
  Session,
  Thread,
  Turn,
  Tool,
} from './types'

/** One entry per thing the server has; pages never build keys by hand. */

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await get<Session>(api.session)
    rememberCsrfToken(session.csrfToken)
    return session
  },
  staleTime: Infinity,
})

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => get<Info>(api.info, signal),
  refetchInterval: 15_000,
})

export const readyQuery = queryOptions({
  queryKey: ['ready'],
  // 503 is an answer here, not a failure: it carries the same body.
  queryFn: async ({ signal }) => {
    const response = await fetch(api.ready, { signal, headers: { Accept: 'application/json' } })
    return (await response.json()) as Readiness
  },
  refetchInterval: 15_000,
  retry: false,
})

const paged = <T>(key: readonly unknown[], path: (after?: string) => string) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

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
export const threadRunsQuery = (thread: string) =>
  paged<Turn>(['thread', thread, 'runs'], (after) => api.threadEvents(thread, { after, limit: 20 }))

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

export type ApprovalFilter = { state?: ApprovalState; run?: string }
export const approvalsQuery = (filter: ApprovalFilter) =>
  paged<Approval>(['approvals', filter], (after) => api.approvals({ ...filter, after, limit: 50 }))
/** How many questions wait for a person; what the rail shows. */
export const openApprovalsQuery = queryOptions({
  queryKey: ['approvals', 'count'],
  queryFn: ({ signal }) => get<Page<Approval>>(api.approvals({ state: 'open', limit: 100 }), signal),
  refetchInterval: 10_000,
})
/** What a run still asks. */
export const askedQuery = (run: string, seq: number) =>
  queryOptions({
    queryKey: ['approvals', 'of', run, seq],
    queryFn: ({ signal }) => get<Page<Approval>>(api.approvals({ run, state: 'open', limit: 100 }), signal),
  })
export const approvalQuery = (approval: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', approval],
    queryFn: ({ signal }) => get<Approval>(api.approval(approval), signal),
  })
export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: ({ signal }) => get<Page<Budget>>(api.budgets({ limit: 200 }), signal),
  refetchInterval: 10_000,
})
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
    if (!page.has_more || page.next_cursor === null) return events
    after = page.next_cursor
  }
}

const all = <T>(key: string, path: string) =>
  queryOptions({ queryKey: [key], queryFn: ({ signal }) => get<Page<T>>(path, signal) })
export const agentsQuery = all<Agent>('agents', api.agents({ limit: 200 }))
export const toolsQuery = all<Tool>('tools', api.tools({ limit: 200 }))
export const modelsQuery = all<Model>('models', api.models({ limit: 200 }))
export const keysQuery = all<Key>('keys', api.keys)

export const agentQuery = (name: string) =>
  queryOptions({ queryKey: ['agent', name], queryFn: ({ signal }) => get<Agent>(api.agent(name), signal) })
export const revisionsQuery = (name: string) =>
  paged<Revision>(['agent', name, 'revisions'], (after) => api.revisions(name, { after, limit: 50 }))
export const revisionQuery = (name: string, revision: number) =>
  queryOptions({
    queryKey: ['agent', name, 'revisions', revision],
    queryFn: ({ signal }) => get<Revision>(api.revision(name, revision), signal),
    staleTime: Infinity,
  })
export const openapiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: ({ signal }) => get<unknown>(api.openapi, signal),
  staleTime: Infinity,
})
