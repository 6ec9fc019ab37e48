import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post, send } from './client'
import { paged } from './pages'
import { api } from './paths'
import { refreshThreads } from './threads'
import type { Approval, ApprovalState, Decision, Page } from './types'

export type ApprovalFilter = {
  state?: ApprovalState
  run?: string
  agent?: string
  tool?: string
  requester?: string
  sort?: 'newest' | 'expiry'
}
export const approvalsQuery = (filter: ApprovalFilter) =>
  paged<Approval>(['approvals', filter], (after) => api.approvals({ ...filter, after, limit: 50 }))
/** How many approvals are open. */
export const openCountQuery = ({ agent, tool, requester }: ApprovalFilter) =>
  queryOptions({
    queryKey: ['approvals', 'count', agent, tool, requester],
    queryFn: ({ signal }) => get<{ open: number }>(api.approvalCount({ agent, tool, requester }), signal),
    refetchInterval: 10_000,
  })
/** Of all; what the rail shows. */
export const openApprovalsQuery = openCountQuery({})
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

/** The hash binds the decision to what was shown: arguments that changed meanwhile are not approved unseen. */
export const sendDecision = ({ id, hash }: Pick<Approval, 'id' | 'hash'>, decision: Decision) =>
  post<Approval>(api.decide(id), { ...decision, hash })
/** The same while the page is being left: nobody waits for the answer. */
export const sendDecisionLeaving = ({ id, hash }: Pick<Approval, 'id' | 'hash'>, decision: Decision) =>
  void send('POST', api.decide(id), { json: { ...decision, hash }, keepalive: true }).catch(() => undefined)

export const refreshApprovals = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ['approvals'] })
export const refreshOpenApprovals = (queries: QueryClient) =>
  queries.invalidateQueries({ queryKey: openApprovalsQuery.queryKey })

/** Shows what became of an approval before the server is asked for it. */
export function approvalDecided(queries: QueryClient, approval: Approval) {
  queries.setQueryData(approvalQuery(approval.id).queryKey, approval)
  void refreshApprovals(queries)
  void refreshThreads(queries)
}
