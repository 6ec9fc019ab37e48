type Named = { id: string }

/**
 * Where j and k lead. One that was just decided has left the list: the one that took its place comes next, so that
 * nobody begins at the top again.
 */
export function nextPlace<T extends Named>(list: T[], chosen: string | undefined, last: number, letter: 'j' | 'k') {
  const at = list.findIndex((one) => one.id === chosen)
  const to = at >= 0 ? at + (letter === 'j' ? 1 : -1) : letter === 'j' ? last : last - 1
  return list[Math.max(0, Math.min(list.length - 1, to))]
}
