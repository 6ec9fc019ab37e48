import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '#/api/client'
import { hasStatus } from '#/api/errors'
import { approvalQuery } from '#/api/queries'
import type { Approval, Decision } from '#/api/types'
import { api } from '#/api/paths'

/** The hash binds the word to what was shown: arguments that changed meanwhile are not approved unseen. */
export const sendDecision = ({ id, hash }: Pick<Approval, 'id' | 'hash'>, decision: Decision) =>
  post<Approval>(api.decide(id), { ...decision, hash })

/** Says a person's word about one question. Whoever was faster is shown: a second word changes nothing. */
export function useDecide(approval: Approval, onDecided?: (next: Approval) => void) {
  const queries = useQueryClient()
  const refresh = () => void queries.invalidateQueries({ queryKey: ['approvals'] })
  return useMutation({
    mutationFn: (decision: Decision) => sendDecision(approval, decision),
    meta: { shown: true },
    onSuccess: (next) => {
      queries.setQueryData(approvalQuery(next.id).queryKey, next)
      refresh()
      void queries.invalidateQueries({ queryKey: ['threads'] })
      onDecided?.(next)
    },
    onError: (error) => {
      if (hasStatus(error, 409) || hasStatus(error, 404)) refresh()
    },
  })
}
export type Decide = ReturnType<typeof useDecide>
