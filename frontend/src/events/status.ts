import type { Run } from '#/api/types'

/** What a run waits for, in more detail than its state: the word every list and page shows. */
export type RunStatus = Run['state'] | 'paused' | 'behind' | 'asking'
type Known = Pick<Run, 'state' | 'waiting' | 'behind'> & { paused?: boolean }
export function statusOf({ state, waiting, paused, behind }: Known): RunStatus {
  if (state === 'succeeded' || state === 'failed' || state === 'cancelled') return state
  if (paused || waiting?.reason === 'paused') return 'paused'
  if (state === 'queued' && behind) return 'behind'
  const forPeople = waiting?.reason === 'approval' || waiting?.reason === 'outcome_unknown'
  return state === 'waiting' && forPeople ? 'asking' : state
}
