import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from './client'
import type { Page } from './types'

/** A list that is read page by page. */
export const paged = <T, P extends Page<T> = Page<T>>(key: readonly unknown[], path: (after?: string) => string) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<P>(path(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })

/** A list that is short enough to be read at once. */
export const whole = <T>(key: string, path: string) =>
  queryOptions({ queryKey: [key], queryFn: ({ signal }) => get<Page<T>>(path, signal) })

/** As often, however many pages of a list are open: all of them are read anew each time. */
export const each =
  (ms: number) =>
  ({ state }: { state: { data?: { pages: unknown[] } } }) =>
    ms * Math.max(1, state.data?.pages.length ?? 0)
