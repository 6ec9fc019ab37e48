import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, ifNew, ifStill, post, putYaml } from './client'
import { paged, whole } from './pages'
import { api } from './paths'
import type { ImportedCrew, Run, Workflow, WorkflowRevision } from './types'

export const workflowsQuery = whole<Workflow>('workflows', api.workflows({ limit: 200 }))
export const workflowQuery = (name: string) =>
  queryOptions({ queryKey: ['workflow', name], queryFn: ({ signal }) => get<Workflow>(api.workflow(name), signal) })
export const workflowRevisionsQuery = (name: string) =>
  paged<WorkflowRevision>(['workflow', name, 'revisions'], (after) => api.workflowRevisions(name, { after, limit: 50 }))
export const workflowRevisionQuery = (name: string, revision: number) =>
  queryOptions({
    queryKey: ['workflow', name, 'revisions', revision],
    queryFn: ({ signal }) => get<WorkflowRevision>(api.workflowRevision(name, revision), signal),
    staleTime: Infinity,
  })
/** The states of one revision, also of a crew's. */
export const statesQuery = (name: string, revision: number) =>
  queryOptions({
    queryKey: ['workflow', name, 'states', revision],
    queryFn: ({ signal }) => get<{ yaml: string }>(api.workflowStates(name, { revision }), signal),
    staleTime: Infinity,
  })

/** `version` is that of the workflow which was edited; without one it must be new. */
export const saveWorkflow = (name: string, yaml: string, publish: boolean, version?: string) =>
  putYaml<Workflow>(api.workflow(name, { publish }), yaml, {
    headers: version === undefined ? ifNew : ifStill(version),
  })
/** Only checks: nothing is saved. */
export const checkWorkflow = (name: string, yaml: string, signal: AbortSignal) =>
  putYaml<Workflow>(api.workflow(name, { dryRun: true }), yaml, { signal })
/** `version` is that of the workflow whose history was shown. */
export const publishWorkflow = (name: string, revision: number, version?: string) =>
  post<Workflow>(api.publishWorkflow(name, revision), undefined, version === undefined ? undefined : ifStill(version))

/** What is there now: the newest revision, published or not. */
export async function newestWorkflow(queries: QueryClient, name: string) {
  const { latest, version } = await queries.fetchQuery({ ...workflowQuery(name), staleTime: 0 })
  const { yaml = '' } = await queries.fetchQuery(workflowRevisionQuery(name, latest))
  return { yaml, revision: latest, version }
}

/** The same key twice makes one run. */
export const startWorkflow = (name: string, input: unknown, key: string) =>
  post<Run>(api.startWorkflow(name), { input }, { 'Idempotency-Key': key })

export type CrewFiles = { name: string; agents: string; tasks: string; process: string }
export const importCrew = (files: CrewFiles) => post<ImportedCrew>(api.importCrew, files)

/** Resolves once the workflow itself is read again; the list follows. */
export function refreshWorkflow(queries: QueryClient, name: string) {
  void queries.invalidateQueries({ queryKey: workflowsQuery.queryKey })
  return queries.invalidateQueries({ queryKey: workflowQuery(name).queryKey })
}
