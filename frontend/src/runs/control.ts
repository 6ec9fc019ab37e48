import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '#/api/client'
import { runQuery } from '#/api/queries'
import type { Run } from '#/api/types'

/** Tells a run to pause, to resume or to end, and shows at once how it then stands. */
export function useControl(run: string, path: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => post<Run>(path),
    onSuccess: () => {
      void queries.invalidateQueries({
        queryKey: runQuery(run).queryKey,
        predicate: ({ queryKey }) => queryKey[2] !== 'log',
      })
      void queries.invalidateQueries({ queryKey: ['runs'] })
      void queries.invalidateQueries({ queryKey: ['threads'] })
    },
  })
}
