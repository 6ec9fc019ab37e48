import { useMutation, useQueries, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { branchMade, forkRun, retryRun, type Words } from '#/api/runs'
import { addTurn, branchesQuery, type TurnPage } from '#/api/threads'
import type { Branch, Run } from '#/api/types'
import { forkAt, type Fork } from './places'

type Pages = InfiniteData<TurnPage, unknown> | undefined

/** Where the conversation that is shown branches. */
export function useBranches(pages: Pages): (run: Run) => Fork {
  const turns = pages?.pages.flatMap((page) => page.data) ?? []
  const threads = [...new Set(turns.map(({ run }) => run.thread))]
  const branches = useQueries({ queries: threads.map((thread) => branchesQuery(thread)), combine: together })
  return useMemo(() => {
    const origins = new Map(
      pages?.pages.flatMap(({ branchOf }): [string, string][] => (branchOf ? [[branchOf.run, branchOf.thread]] : [])),
    )
    return (run) => forkAt(run, branches, origins)
  }, [pages, branches])
}

const together = (found: { data?: { data: Branch[] } }[]): Branch[] => found.flatMap(({ data }) => data?.data ?? [])

/** Says a turn in other words: the conversation goes on from there in a branch, and the first way stays. */
export function useEdit(root: string, from: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (input: Words) => forkRun(root, { step: 0, input }, newIdempotencyKey()),
    onSuccess: (made) => {
      branchMade(queries, made, from)
      void navigate({ to: '/threads/$thread', params: { thread: made.thread } })
    },
  })
}

/** Does the last turn once more, in its place: the model does not see the first attempt. */
export function useRetry() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (run: string) => retryRun(run, { step: 1 }, newIdempotencyKey()),
    onSuccess: (made) => addTurn(queries, made),
  })
}
