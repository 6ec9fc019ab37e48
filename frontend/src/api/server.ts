import { queryOptions } from '@tanstack/react-query'
import { basePath } from './base'
import { get } from './client'
import { api } from './paths'
import type { Info, InstallationHealth, Readiness } from './types'

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => get<Info>(api.info, signal),
  refetchInterval: 15_000,
})

export const readyQuery = queryOptions({
  queryKey: ['ready'],
  // 503 is an answer here, not a failure: it carries the same body.
  queryFn: async ({ signal }) => {
    const response = await fetch(basePath + api.ready, { signal, headers: { Accept: 'application/json' } })
    return (await response.json()) as Readiness
  },
  refetchInterval: ({ state }) => (state.status === 'error' ? 3_000 : 15_000),
  retry: false,
})

/** Where a browser finds it. */
export const openapiAddress = basePath + api.openapi

export const openapiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: ({ signal }) => get<unknown>(api.openapi, signal),
  staleTime: Infinity,
})

/** Whether the server answers and takes requests, asked past every cache. */
export const isReady = () =>
  fetch(basePath + api.ready, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => get<InstallationHealth>(api.health, signal),
  refetchInterval: 5_000,
})
