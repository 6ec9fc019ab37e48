import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, ifNew, ifStill, post, putYaml, remove } from './client'
import { paged } from './pages'
import { api } from './paths'
import type { FireTrigger, Firing, Page, Trigger } from './types'

const SOON_MS = 1_500
const LATER_MS = 15_000
const isDue = ({ state }: Firing) => state === 'due'

export const triggersQuery = paged<Trigger>(['triggers'], (after) => api.triggers({ after, limit: 50 }))
export const triggerQuery = (name: string) =>
  queryOptions({
    queryKey: ['trigger', name],
    queryFn: ({ signal }) => get<Trigger>(api.trigger(name), signal),
    refetchInterval: LATER_MS,
  })
/** What it started and why it did not; asked again soon while one of them is due. */
export const firingsQuery = (name: string) => ({
  ...paged<Firing>(['trigger', name, 'firings'], (after) => api.firings(name, { after, limit: 20 })),
  refetchInterval: ({ state }: { state: { data?: { pages: Page<Firing>[] } } }) =>
    state.data?.pages.some(({ data }) => data.some(isDue)) ? SOON_MS : LATER_MS,
})
export const lastFiringQuery = (name: string) =>
  queryOptions({
    queryKey: ['trigger', name, 'last-firing'],
    queryFn: ({ signal }) => get<Page<Firing>>(api.firings(name, { limit: 1 }), signal),
  })

/** `version` is that of the trigger which was edited; without one it must be new. */
export const saveTrigger = (name: string, yaml: string, version?: number) =>
  putYaml<Trigger>(api.trigger(name), yaml, { headers: version === undefined ? ifNew : ifStill(version) })
/** Only checks, and says the next times: nothing is saved. */
export const checkTrigger = (name: string, yaml: string, signal: AbortSignal) =>
  putYaml<Trigger>(api.trigger(name, { dryRun: true }), yaml, { signal })
export const deleteTrigger = ({ name, version }: Trigger) => remove(api.trigger(name), ifStill(version))
/** The same key twice fires once. */
export const fireTrigger = (name: string, given: FireTrigger | undefined, key: string) =>
  post<Firing>(api.fireTrigger(name), given ?? {}, { 'Idempotency-Key': key })

/** The trigger as it is now, read past what is known here. */
export const readTrigger = (queries: QueryClient, name: string) =>
  queries.fetchQuery({ ...triggerQuery(name), staleTime: 0 })

/** Resolves once the trigger itself is read again, its firings with it; the list follows. */
export function refreshTrigger(queries: QueryClient, name: string) {
  void queries.invalidateQueries({ queryKey: triggersQuery.queryKey })
  return queries.invalidateQueries({ queryKey: triggerQuery(name).queryKey })
}
/** After one was deleted: nothing asks for it any more. */
export function forgetTrigger(queries: QueryClient, name: string) {
  queries.removeQueries({ queryKey: triggerQuery(name).queryKey })
  return queries.invalidateQueries({ queryKey: triggersQuery.queryKey })
}
