import type { Approval, Step } from '#/api/types'
import { isAsk, isOpen } from './ask'
import type { RunView } from './view'

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
