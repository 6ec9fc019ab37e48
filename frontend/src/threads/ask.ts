import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { newIdempotencyKey, post } from '#/api/client'
import { ApiProblem, inWords, mayHeal } from '#/api/errors'
import { threadRunsQuery } from '#/api/queries'
import type { Page, Run, Turn } from '#/api/types'
import { api } from '#/api/paths'
import { toasts } from '#/ui/toasts'

/** What becomes of the run that is under way when another message comes. */
export type WhenBusy = 'queue' | 'interrupt'
export type Question = { agent: string; text: string; whenBusy?: WhenBusy }
export type Ask = ReturnType<typeof useAsk>

/** Starts a run in the thread, or a thread with a run. */
export function useAsk(thread?: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  // The key stays with the question until it is answered: a question sent again after a lost answer starts nothing twice.
  const asked = useRef({ question: '', key: '' })
  return useMutation({
    mutationFn: ({ agent, text, whenBusy }: Question) => {
      const question = JSON.stringify([agent, text, whenBusy])
      if (asked.current.question !== question) asked.current = { question, key: newIdempotencyKey() }
      return post<Run>(api.startRun(agent), { input: text, thread, whenBusy }, { 'Idempotency-Key': asked.current.key })
    },
    retry: (failures, error) => mayHeal(error) && failures < 6,
    retryDelay: (failures) => Math.min(500 * 2 ** failures, 4_000),
    meta: { shown: true },
    onSuccess: (run) => {
      asked.current = { question: '', key: '' }
      const key = threadRunsQuery(run.thread).queryKey
      queries.setQueryData<InfiniteData<Page<Turn>, string | undefined>>(key, (known) => withRun(known, run))
      void queries.invalidateQueries({ queryKey: ['threads'] })
      if (!thread) void navigate({ to: '/threads/$thread', params: { thread: run.thread } })
    },
    onError: (error) => {
      const busy = error instanceof ApiProblem && error.status === 409
      toasts.failed(inWords(error))
      // Somebody else, or another tab, is talking here: show what goes on.
      if (busy && thread) void queries.invalidateQueries({ queryKey: ['thread', thread] })
    },
  })
}

type Known = InfiniteData<Page<Turn>, string | undefined> | undefined

function withRun(known: Known, run: Run): NonNullable<Known> {
  const [first, ...rest] = known?.pages ?? []
  const page = first ?? { data: [], has_more: false, next_cursor: null }
  const others = page.data.filter((other) => other.run.id !== run.id)
  const pages = [{ ...page, data: [{ run, events: [] }, ...others] }, ...rest]
  return { pages, pageParams: known?.pageParams ?? [undefined] }
}
