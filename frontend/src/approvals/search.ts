import type { ApprovalState } from '#/api/types'
import { oneOf, text } from '#/ui/search'

export type ShownState = ApprovalState | 'any'
const states: ShownState[] = ['open', 'approved', 'rejected', 'expired', 'edited', 'withdrawn', 'any']

/** What the address of the page holds. */
export const approvalsSearch = (
  search: Record<string, unknown>,
): { state?: ShownState; run?: string; approval?: string } => ({
  state: oneOf(states, search.state),
  run: text(search.run),
  approval: text(search.approval),
})
