import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { approvalDecided, refreshApprovals, sendDecision, sendDecisionLeaving } from '#/api/approvals'
import { inWords } from '#/api/errors'
import type { Approval, Decision } from '#/api/types'
import { toasts } from '#/ui/toasts'

/** How long a decision can be taken back. */
export const UNDO_MS = 5_000

export type Taken = { approval: Approval; decision: Decision }
type Waiting = Taken & { timer: number }
export type Later = ReturnType<typeof useLater>

/**
 * Decisions that can still be taken back: each is sent when its time is over, or when the page is left. Until then it is
 * shown as decided and nothing has happened.
 */
export function useLater() {
  const queries = useQueryClient()
  const waiting = useRef(new Map<string, Waiting>())
  const [taken, setTaken] = useState<Taken[]>([])
  const show = useCallback(() => setTaken([...waiting.current.values()]), [])

  const send = useCallback(
    async ({ approval, decision }: Taken) => {
      try {
        approvalDecided(queries, await sendDecision(approval, decision))
      } catch (error) {
        toasts.failed(inWords(error))
      }
      // It is shown as decided until the list is without it, and stands there again where it was refused.
      await refreshApprovals(queries)
      waiting.current.delete(approval.id)
      show()
    },
    [queries, show],
  )
  const decide = useCallback(
    (approval: Approval, decision: Decision) => {
      if (waiting.current.has(approval.id)) return
      const timer = window.setTimeout(() => void send({ approval, decision }), UNDO_MS)
      waiting.current.set(approval.id, { approval, decision, timer })
      show()
    },
    [send, show],
  )
  /** The latest one that is not sent yet. */
  const undo = useCallback(() => {
    const last = [...waiting.current.values()].at(-1)
    if (!last) return undefined
    clearTimeout(last.timer)
    waiting.current.delete(last.approval.id)
    show()
    return last.approval
  }, [show])

  useEffect(() => {
    const all = waiting.current
    const flush = () => {
      for (const { approval, decision, timer } of all.values()) {
        clearTimeout(timer)
        sendDecisionLeaving(approval, decision)
      }
      all.clear()
    }
    const leaving = () => {
      flush()
      show()
    }
    window.addEventListener('pagehide', leaving)
    return () => {
      window.removeEventListener('pagehide', leaving)
      flush()
      // Whatever page comes next counts the open ones without these.
      setTimeout(() => void refreshApprovals(queries), 500)
    }
  }, [queries, show])

  return { taken, decide, undo, isTaken: (approval: string) => taken.some((one) => one.approval.id === approval) }
}
