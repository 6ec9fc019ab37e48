import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { ApiProblem, inWords, mayHeal } from '#/api/errors'
import { startRun, wordsOf, type WhenBusy } from '#/api/runs'
import { addTurn, refreshThread } from '#/api/threads'
import { toasts } from '#/ui/toasts'

/** About ten minutes: who waits for the server sees that it is away. */
const MOST_TRIES = 150

export type Question = { agent: string; text: string; images?: string[]; whenBusy?: WhenBusy }
export type Ask = ReturnType<typeof useAsk>

/** Starts a run in the thread, or a thread with a run. */
export function useAsk(thread?: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  // The key stays with the question until it is answered: a question sent again after a lost answer starts nothing twice.
  const asked = useRef({ question: '', key: '' })
  return useMutation({
    mutationFn: ({ agent, text, images = [], whenBusy }: Question) => {
      const question = JSON.stringify([agent, text, images, whenBusy])
      if (asked.current.question !== question) asked.current = { question, key: newIdempotencyKey() }
      return startRun(agent, { input: wordsOf(text, images), thread, whenBusy }, asked.current.key)
    },
    retry: (failures, error) => mayHeal(error) && failures < MOST_TRIES,
    retryDelay: (failures) => Math.min(500 * 2 ** failures, 4_000),
    meta: { shown: true },
    onSuccess: (run) => {
      asked.current = { question: '', key: '' }
      void addTurn(queries, run)
      if (!thread) void navigate({ to: '/threads/$thread', params: { thread: run.thread } })
    },
    onError: (error) => {
      const busy = error instanceof ApiProblem && error.status === 409
      toasts.failed(inWords(error))
      // Somebody else, or another tab, is talking here: show what goes on.
      if (busy && thread) void refreshThread(queries, thread)
    },
  })
}
