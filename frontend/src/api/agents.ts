import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post, putYaml } from './client'
import { paged, whole } from './pages'
import { api } from './paths'
import type { Agent, Revision } from './types'

export const agentsQuery = whole<Agent>('agents', api.agents({ limit: 200 }))
export const agentQuery = (name: string) =>
  queryOptions({ queryKey: ['agent', name], queryFn: ({ signal }) => get<Agent>(api.agent(name), signal) })
export const revisionsQuery = (name: string) =>
  paged<Revision>(['agent', name, 'revisions'], (after) => api.revisions(name, { after, limit: 50 }))
export const revisionQuery = (name: string, revision: number) =>
  queryOptions({
    queryKey: ['agent', name, 'revisions', revision],
    queryFn: ({ signal }) => get<Revision>(api.revision(name, revision), signal),
    staleTime: Infinity,
  })

export const saveAgent = (name: string, yaml: string, publish: boolean) =>
  putYaml<Agent>(api.agent(name, { publish }), yaml)
/** Only checks: nothing is saved. */
export const checkAgent = (name: string, yaml: string, signal: AbortSignal) =>
  putYaml<Agent>(api.agent(name, { dryRun: true }), yaml, signal)
export const publishRevision = (name: string, revision: number) => post<Agent>(api.publish(name, revision))

/** Resolves once the agent itself is read again; the list follows. */
export function refreshAgent(queries: QueryClient, name: string) {
  void queries.invalidateQueries({ queryKey: agentsQuery.queryKey })
  return queries.invalidateQueries({ queryKey: agentQuery(name).queryKey })
}
