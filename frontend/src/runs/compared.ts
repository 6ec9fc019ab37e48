import type { ComparedStep, Run } from '#/api/types'
import { plural } from '#/ui/format'

/** How two steps at the same place stand to each other. */
export type Relation = 'same' | 'differs' | 'left only' | 'right only'
export function relationOf({ left, right, same }: ComparedStep): Relation {
  if (!left) return 'right only'
  if (!right) return 'left only'
  return same ? 'same' : 'differs'
}

/** In one sentence, what a comparison says. */
export function summaryOf(steps: ComparedStep[]): string {
  const first = steps.findIndex((step) => relationOf(step) !== 'same')
  if (steps.length === 0) return 'No steps yet'
  if (first === -1) return `${plural(steps.length, 'step')}, identical`
  const many = steps.filter((step) => relationOf(step) !== 'same').length
  const same =
    first === 0 ? 'Different from the first step' : `First ${first === 1 ? 'step' : `${first} steps`} identical`
  return `${same}; ${many} of ${steps.length} ${many === 1 ? 'differs' : 'differ'}`
}

export const spentBy = (run: Run) => run.usage.inputTokens + run.usage.outputTokens
export const lengthOf = (run: Run) => (run.endedAt ? Date.parse(run.endedAt) - Date.parse(run.createdAt) : null)
export const askedOf = (run: Run) => run.input?.findLast((message) => message.role === 'user')?.content ?? ''

/** A few are shown as they are. */
const FEW = 3

/** Neighbours that are the same on both sides, together; every other step alone. */
export function foldSame(steps: ComparedStep[]): ComparedStep[][] {
  const groups: ComparedStep[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (step.same && last?.[0]?.same) last.push(step)
    else groups.push([step])
  }
  return groups.flatMap((group) => (group.length > FEW ? [group] : group.map((step) => [step])))
}
