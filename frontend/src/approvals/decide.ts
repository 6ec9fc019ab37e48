import { useMutation, useQueryClient } from '@tanstack/react-query'
import { approvalDecided, refreshApprovals, sendDecision } from '#/api/approvals'
import { hasStatus } from '#/api/errors'
import type { Approval, Decision } from '#/api/types'

/** Sends a person's decision. Whoever was faster is shown: a second decision changes nothing. */
export function useDecide(approval: Approval, onDecided?: (next: Approval) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (decision: Decision) => sendDecision(approval, decision),
    meta: { shown: true },
    onSuccess: (next) => {
      approvalDecided(queries, next)
      onDecided?.(next)
    },
    onError: (error) => {
      if (hasStatus(error, 409) || hasStatus(error, 404)) void refreshApprovals(queries)
    },
  })
}
export type Decide = ReturnType<typeof useDecide>
