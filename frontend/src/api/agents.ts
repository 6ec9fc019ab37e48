import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, ifNew, ifStill, post, putYaml, remove } from './client'
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

/** `version` is that of the agent which was edited; without one it must be new. */
export const saveAgent = (name: string, yaml: string, publish: boolean, version?: string, note?: string) =>
  putYaml<Agent>(api.agent(name, { publish, note }), yaml, {
    headers: version === undefined ? ifNew : ifStill(version),
  })

/** What is there now: the newest revision, published or not. */
export async function newestOf(queries: QueryClient, name: string) {
  const { latest, version } = await queries.fetchQuery({ ...agentQuery(name), staleTime: 0 })
  const revision = await queries.fetchQuery(revisionQuery(name, latest))
  return { yaml: revision.yaml ?? '', revision: latest, version }
}

/** Only checks: nothing is saved. */
export const checkAgent = (name: string, yaml: string, signal: AbortSignal) =>
  putYaml<Agent>(api.agent(name, { dryRun: true }), yaml, { signal })
/** `version` is that of the agent whose history was shown. */
export const publishRevision = (name: string, revision: number, version?: string) =>
  post<Agent>(api.publish(name, revision), undefined, version === undefined ? undefined : ifStill(version))

/** Runs that have begun go on. */
export const deleteAgent = (name: string, version: string) => remove(api.agent(name), ifStill(version))

/** Resolves once the agent itself is read again; the list follows. */
export function refreshAgent(queries: QueryClient, name: string) {
  void queries.invalidateQueries({ queryKey: agentsQuery.queryKey })
  return queries.invalidateQueries({ queryKey: agentQuery(name).queryKey })
}
