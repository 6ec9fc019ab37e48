import { number, oneOf, text } from '#/ui/search'

export type WorkflowSection = 'history'
const sections: WorkflowSection[] = ['history']

/** What the address of a workflow's page holds; `state` is the one that is chosen in the graph. */
export const workflowSearch = (
  search: Record<string, unknown>,
): { show?: WorkflowSection; revision?: number; state?: string } => ({
  show: oneOf(sections, search.show),
  revision: number(search.revision),
  state: text(search.state),
})
