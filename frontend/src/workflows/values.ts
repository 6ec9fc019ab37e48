import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { agentsQuery } from '#/api/agents'
import { toolsQuery } from '#/api/tools'
import { workflowsQuery } from '#/api/workflows'
import type { Proposal } from '#/ui/proposals'

export type Names = { agents: string[]; tools: string[]; workflows: string[] }

/** What states may call here. */
export function useNames(): Names {
  const { data: agents } = useQuery(agentsQuery)
  const { data: tools } = useQuery(toolsQuery)
  const { data: workflows } = useQuery(workflowsQuery)
  return useMemo(
    () => ({
      agents: agents?.data.map(({ name }) => name) ?? [],
      tools: tools?.map(({ name }) => name) ?? [],
      workflows: workflows?.data.map(({ name }) => name) ?? [],
    }),
    [agents, tools, workflows],
  )
}

/** The same as proposals of the editor. */
export const proposalsOf = ({ agents, tools, workflows }: Names): Record<string, Proposal[]> => {
  const list = (names: string[]) => names.map((label) => ({ label }))
  return {
    'states.*.agent': list(agents),
    'states.*.tool': list(tools),
    'states.*.workflow': list(workflows),
    'crew.members.*.agent': list(agents),
    'crew.members.*.tools.*': list(tools),
  }
}
