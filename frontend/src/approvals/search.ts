import type { ApprovalState } from '#/api/types'
import { oneOf, text } from '#/ui/search'

export type ShownState = ApprovalState | 'any'
const states: ShownState[] = ['open', 'approved', 'rejected', 'expired', 'edited', 'withdrawn', 'any']

export type ApprovalSearch = {
  state?: ShownState
  run?: string
  agent?: string
  tool?: string
  /** Of runs that the person asked for who looks. */
  mine?: boolean
  sort?: 'expiry'
  approval?: string
}

/** What the address of the page holds. */
export const approvalsSearch = (search: Record<string, unknown>): ApprovalSearch => ({
  state: oneOf(states, search.state),
  run: text(search.run),
  agent: text(search.agent),
  tool: text(search.tool),
  mine: search.mine === true || search.mine === 'true' || undefined,
  sort: oneOf(['expiry' as const], search.sort),
  approval: text(search.approval),
})
