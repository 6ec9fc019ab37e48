import { useState } from 'react'
import type { RunFilter } from '#/api/search'
import { stored } from '#/ui/stored'
import { runsSearch } from './search'

/** A filter of the list of runs under a name; this browser keeps it. */
export type View = { name: string; filter: RunFilter }

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

export function useViews() {
  const [views, setViews] = useState(() => readViews(stored.read(KEY)))
  const set = (next: View[]) => {
    setViews(next)
    stored.write(KEY, next.length > 0 ? JSON.stringify(next) : '')
  }
  return {
    views,
    save: (view: View) => set(withView(views, view)),
    remove: (name: string) => set(views.filter((one) => one.name !== name)),
  }
}
