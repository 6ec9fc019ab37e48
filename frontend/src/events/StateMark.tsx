import type { RunState, StepState } from '#/api/types'
import { Mark } from '#/ui/Mark'
import type { RunStatus } from './status'
import './state-mark.css'

export type AnyState = RunState | StepState | RunStatus

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
  behind: 'queued',
  asking: 'needs approval',
}
export const stateWord = (state: AnyState) => words[state]

/** State = shape + word + colour. The one way a state is shown, everywhere; without the word it is still read out. */
export function StateMark({ state, word = true }: { state: AnyState; word?: boolean }) {
  return (
    <span className="state">
      <Mark name={state} />
      <span className={word ? undefined : 'hidden'}>{words[state]}</span>
    </span>
  )
}
