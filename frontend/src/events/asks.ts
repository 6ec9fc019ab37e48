import type { Approval, LoggedStep, Run, Step } from '#/api/types'
import type { RunView } from './view'

export const isOpen = (step: Step) => step.state === 'started' || step.state === 'running'

/** What the log says of a run's questions to people: such a step names the approval that holds its question. */
export const isAsk = ({ kind, input }: Pick<LoggedStep, 'kind' | 'input'>) =>
  kind === 'decision' || (kind !== 'tool' && typeof (input as { approval?: unknown } | null)?.approval === 'string')

/** The question of a decision: what was asked, and the approval that holds it. */
export type Question = { approval: string } & Partial<
  Pick<Approval, 'kind' | 'tool' | 'effect' | 'arguments' | 'message'>
>
export function questionOf(step: Step): Question | null {
  const input = step.input as Question | null
  return isAsk(step) && typeof input === 'object' && input !== null && typeof input.approval === 'string' ? input : null
}

/** What a person answered, as the log has it. */
export type Verdict = Partial<Pick<Approval, 'reason' | 'answer' | 'arguments'>> & {
  decision: NonNullable<Approval['decision']>
  by?: string | null
}
export function verdictOf(step: Step): Verdict | null {
  const output = step.output as Verdict | null
  const decided = isAsk(step) && !isOpen(step) && typeof output === 'object' && output !== null
  return decided && typeof output.decision === 'string' ? output : null
}

/** The steps that a person has to say something about before the run goes on. */
export function openAsks(view: RunView): Step[] {
  if (view.endedAt !== null) return []
  const inDoubt = view.waiting?.reason === 'outcome_unknown'
  return view.steps.filter((step) => (isAsk(step) && isOpen(step)) || (inDoubt && step.state === 'unknown'))
}

/** What a run waits for, in more detail than its state: the word every list and page shows. */
export type Standing = Run['state'] | 'paused' | 'behind' | 'asking'
type Known = Pick<Run, 'state' | 'waiting' | 'behind'> & { paused?: boolean }
export function standingOf({ state, waiting, paused, behind }: Known): Standing {
  if (state === 'succeeded' || state === 'failed' || state === 'cancelled') return state
  if (paused || waiting?.reason === 'paused') return 'paused'
  if (state === 'queued' && behind) return 'behind'
  const forPeople = waiting?.reason === 'approval' || waiting?.reason === 'outcome_unknown'
  return state === 'waiting' && forPeople ? 'asking' : state
}
