import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { agentsQuery } from '#/api/agents'
import { modelsQuery } from '#/api/models'
import { toolsQuery } from '#/api/tools'
import type { Proposal } from '#/ui/proposals'

/** What an agent's definition may name here: models, tools, other agents; what a condition may ask of a call. */
export function useValues(): Record<string, Proposal[]> {
  const { data: models } = useQuery(modelsQuery)
  const { data: tools } = useQuery(toolsQuery)
  const { data: agents } = useQuery(agentsQuery)
  return useMemo(
    () => ({
      model: models?.data.map(({ alias }) => ({ label: alias })) ?? [],
      'tools.*': tools?.map(({ name, description }) => ({ label: name, about: description })) ?? [],
      'agents.*': agents?.data.map(({ name, description }) => ({ label: name, about: description })) ?? [],
      'approvals.*.when': conditions,
    }),
    [models, tools, agents],
  )
}

const conditions: Proposal[] = [
  { label: '"true"', about: 'Every call' },
  { label: `'tool.effect != "read"'`, about: 'Calls that change something' },
  { label: `'tool.name == "…"'`, about: 'Calls of one tool' },
  { label: `'args.amount > 100'`, about: 'By an argument of the call' },
  { label: `'run.microUnits > 50000'`, about: 'Once the run has cost this much' },
]
