import { number, oneOf, text } from '#/ui/search'

export type AgentSection = 'edit' | 'history'
const sections: AgentSection[] = ['edit', 'history']

/** Which agent a new one is a copy of. */
export const newAgentSearch = (search: Record<string, unknown>): { from?: string } => ({ from: text(search.from) })

/** What the address of an agent's page holds; a revision that is edited is an old one, to be the next. */
export const agentSearch = (search: Record<string, unknown>): { show?: AgentSection; revision?: number } => ({
  show: oneOf(sections, search.show),
  revision: number(search.revision),
})
