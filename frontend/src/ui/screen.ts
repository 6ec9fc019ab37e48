import { useSyncExternalStore } from 'react'

/** Whether the window is narrower than `px`. */
export function useNarrow(px: number): boolean {
  const query = window.matchMedia(`(max-width: ${px}px)`)
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => query.matches,
  )
}
