import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { rememberSearches, savedSearchesQuery, saveSearches, type RunFilter, type SavedSearch } from '#/api/search'
import { stored } from '#/ui/stored'
import { runsSearch } from './search'

/** A filter of the list of runs under a name. */
export type View = { name: string; filter: RunFilter }

/** Where a browser kept its views before the server did. */
const KEY = 'runs:views'

/** What is stored is read like an address: what is not known any more is left out. */
export function readViews(text: string): View[] {
  try {
    const list = JSON.parse(text || '[]') as unknown
    if (!Array.isArray(list)) return []
    return list.flatMap((one: { name?: unknown; filter?: unknown }) =>
      typeof one?.name === 'string' && typeof one.filter === 'object' && one.filter !== null
        ? [{ name: one.name, filter: runsSearch(one.filter as Record<string, unknown>) }]
        : [],
    )
  } catch {
    return []
  }
}

/** The same name again takes the place of the one before. */
export const withView = (views: View[], view: View): View[] =>
  [...views.filter(({ name }) => name !== view.name), view].toSorted((a, b) => a.name.localeCompare(b.name))

export const isSame = (a: RunFilter, b: RunFilter) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (filter: RunFilter) =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => a.localeCompare(b))

const figures = ['minCost', 'minDuration', 'minTokens']

/** A saved search is read like an address too. */
export function viewOf({ name, query }: SavedSearch): View {
  const all = [...new URLSearchParams(query)].map(([key, value]) => [
    key,
    figures.includes(key) ? Number(value) : value,
  ])
  return { name, filter: runsSearch(Object.fromEntries(all)) }
}

export function searchOf({ name, filter }: View): SavedSearch {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  return { name, query: new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString() }
}

/** What the server keeps, and what this browser kept and the server has no view of the same name for. */
export const allViews = (saved: View[], kept: View[]): View[] =>
  saved.reduce(withView, kept.reduce(withView, [] as View[]))

/** Views of who asks, kept on the server; none until it has told them, so that none is lost by saving. */
export function useViews() {
  const queries = useQueryClient()
  const { data: saved } = useQuery(savedSearchesQuery)
  const saving = useMutation({
    mutationFn: (next: View[]) => saveSearches(next.map(searchOf)),
    onSuccess: (answer) => {
      stored.write(KEY, '')
      rememberSearches(queries, answer)
    },
  })
  const views = saved ? allViews(saved.data.map(viewOf), readViews(stored.read(KEY))) : []
  return {
    views,
    canSave: saved !== undefined && !saving.isPending,
    save: (view: View) => saving.mutate(withView(views, view)),
    remove: (name: string) => saving.mutate(views.filter((one) => one.name !== name)),
  }
}
