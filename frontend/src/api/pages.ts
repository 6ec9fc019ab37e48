import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from './client'
import type { Page } from './types'

/** A list that is read page by page. */
export const paged = <T>(key: readonly unknown[], path: (after?: string) => string) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })

/** A list that is short enough to be read at once. */
export const whole = <T>(key: string, path: string) =>
  queryOptions({ queryKey: [key], queryFn: ({ signal }) => get<Page<T>>(path, signal) })
