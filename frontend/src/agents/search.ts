import { number, oneOf } from '#/ui/search'

export type AgentSection = 'edit' | 'history'
const sections: AgentSection[] = ['edit', 'history']

/** What the address of an agent's page holds. */
export const agentSearch = (search: Record<string, unknown>): { show?: AgentSection; revision?: number } => ({
  show: oneOf(sections, search.show),
  revision: number(search.revision),
})
