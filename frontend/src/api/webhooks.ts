import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, ifNew, ifStill, post, putYaml, remove } from './client'
import { paged, whole } from './pages'
import { api } from './paths'
import type { Delivery, Page, Webhook } from './types'

const SOON_MS = 1_500
const LATER_MS = 15_000
/** Is being sent for the first time, or will be tried again before long. */
const isSoon = ({ state, triedAt, dueAt }: Delivery) =>
  state === 'due' && (triedAt === null || Date.parse(dueAt) < Date.now() + 20_000)

export const webhooksQuery = whole<Webhook>('webhooks', api.webhooks({ limit: 200 }))
export const webhookQuery = (name: string) =>
  queryOptions({
    queryKey: ['webhook', name],
    queryFn: ({ signal }) => get<Webhook>(api.webhook(name), signal),
    refetchInterval: LATER_MS,
  })
/** What was sent to it; asked again soon while something is about to be sent. */
export const deliveriesQuery = (name: string) => ({
  ...paged<Delivery>(['webhook', name, 'deliveries'], (after) => api.deliveries(name, { after, limit: 20 })),
  refetchInterval: ({ state }: { state: { data?: { pages: Page<Delivery>[] } } }) =>
    state.data?.pages.some(({ data }) => data.some(isSoon)) ? SOON_MS : LATER_MS,
})

/** `old` is the webhook that was edited; without one it must be new, and the answer has its secret. */
export const putWebhook = (name: string, yaml: string, old?: Webhook) =>
  putYaml<Webhook>(api.webhook(name), yaml, { headers: old ? ifStill(old.version) : ifNew })
export const deleteWebhook = ({ name, version }: Webhook) => remove(api.webhook(name), ifStill(version))
/** The answer has the new secret. */
export const rotateSecret = (name: string) => post<Webhook>(api.webhookSecret(name))
export const testWebhook = (name: string) => post<Delivery>(api.testWebhook(name), {})
export const sendAgain = (name: string, delivery: string) => post<Delivery>(api.sendDelivery(name, delivery))

/** The webhook with its deliveries, and the list. */
export function refreshWebhook(queries: QueryClient, name: string) {
  void queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
  return queries.invalidateQueries({ queryKey: webhookQuery(name).queryKey })
}
/** After one was deleted: nothing asks for it any more. */
export function forgetWebhook(queries: QueryClient, name: string) {
  queries.removeQueries({ queryKey: webhookQuery(name).queryKey })
  return queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
}
