import { notFound, page, raise, type Route } from './answers.ts'
import { world } from './world.ts'

/** Threads in lists, and what is done with them beside talking in them. */
export const upkeep: Route[] = [
  [
    'GET',
    /^\/api\/v1\/threads$/,
    ({ query }) => {
      const shown = query.get('shown')
      const threads = [...world.threads.values()].filter((thread) =>
        shown === 'archived' ? thread.archived : !thread.archived && (shown !== 'pinned' || thread.pinned),
      )
      return page(
        threads.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
        query,
      )
    },
  ],
  [
    'PATCH',
    /^\/api\/v1\/threads\/([^/]+)$/,
    ({ params, body }) =>
      Object.assign(world.threads.get(params[0]!) ?? raise(notFound('thread', params[0]!)), JSON.parse(body) as object),
  ],
  ['DELETE', /^\/api\/v1\/threads\/([^/]+)$/, ({ params }) => void world.threads.delete(params[0]!)],
  ['GET', /^\/api\/v1\/threads\/([^/]+)\/branches$/, () => ({ data: [] })],
  ['GET', /^\/api\/v1\/feedback$/, ({ query }) => page([], query)],
]
