import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshRun } from '#/api/runs'
import type { Run } from '#/api/types'

/** Tells a run to pause, to resume or to end, and shows its new state at once. */
export function useControl(run: string, tell: (run: string) => Promise<Run>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: () => tell(run), onSuccess: () => refreshRun(queries, run) })
}
