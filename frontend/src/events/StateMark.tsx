import type { RunState, StepState } from '#/api/types'
import type { Standing } from './asks'

export type AnyState = RunState | StepState | Standing

const words: Record<AnyState, string> = {
  queued: 'queued',
  started: 'running',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'outcome unknown',
  paused: 'paused',
  behind: 'queued behind',
  asking: 'waits for a person',
}
export const stateWord = (state: AnyState) => words[state]

const shapes: Record<AnyState, React.ReactNode> = {
  queued: <circle cx="6" cy="6" r="3.7" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  started: <path d="M10 6a4 4 0 1 1-2.8-3.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  running: <path d="M10 6a4 4 0 1 1-2.8-3.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  waiting: <path d="M6 1 11 6 6 11 1 6z" fill="currentColor" />,
  asking: <path d="M6 1 11 6 6 11 1 6z" fill="currentColor" />,
  paused: <path d="M4 2.5v7M8 2.5v7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  behind: (
    <path
      d="M3.2 3.2a4 4 0 1 1 0 5.6M1 6h5.600M4.600 4 6.600 6 4.600 8"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    />
  ),
  succeeded: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  failed: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  cancelled: <path d="M2 6h8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  unknown: (
    <path
      d="M3.4 4.2C3.4 2.6 4.600 1.600 6 1.600s2.700 1 2.700 2.500C8.700 5.900 6 6 6 8M6 10.400v.1"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
}

/** State = shape + word + colour. The one way a state is shown, everywhere; without the word it is still read out. */
export function StateMark({ state, word = true }: { state: AnyState; word?: boolean }) {
  return (
    <span className="state">
      <svg className={`mark ${state}`} viewBox="0 0 12 12" aria-hidden="true">
        {shapes[state]}
      </svg>
      <span className={word ? undefined : 'hidden'}>{words[state]}</span>
    </span>
  )
}
