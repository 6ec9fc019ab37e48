import type { Run, RunState } from './types'

/** Which action in which state. The server decides; this only keeps buttons honest. */
const ended: RunState[] = ['succeeded', 'failed', 'cancelled']

export const hasEnded = (state: RunState) => ended.includes(state)

export const runCan = {
  cancel: (state: RunState) => !hasEnded(state),
  pause: ({ state, paused }: Pick<Run, 'state' | 'paused'>) => !hasEnded(state) && !paused,
  resume: ({ state, paused }: Pick<Run, 'state' | 'paused'>) => !hasEnded(state) && paused === true,
  retry: (state: RunState) => state === 'failed' || state === 'cancelled',
  replay: (state: RunState) => hasEnded(state),
}
