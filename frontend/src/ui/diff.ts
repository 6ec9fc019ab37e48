import { sameJson } from './schema'

export type Change = 'same' | 'changed' | 'added' | 'removed'
export type Part = { name: string; change: Change; before: unknown; after: unknown }

/** Two objects, entry by entry, in the order of the newer one; what is gone comes last. */
export function partsOf(after: Record<string, unknown>, before: Record<string, unknown> | null): Part[] {
  const old = before ?? after
  const kept = Object.entries(after).map(([name, value]): Part => {
    const change: Change = !(name in old) ? 'added' : sameJson(old[name], value) ? 'same' : 'changed'
    return { name, change, before: old[name], after: value }
  })
  const gone = Object.entries(old).filter(([name]) => !(name in after))
  return [...kept, ...gone.map(([name, value]): Part => ({ name, change: 'removed', before: value, after: undefined }))]
}

export type Line = { text: string; change: Change }

/** More lines than this are not lined up; both are shown as they are. */
const MOST_LINES = 1_500

/** Two texts, line by line: the longest common sequence stays, the rest was added or removed. */
export function linesOf(before: string, after: string): Line[] {
  const old = before.split('\n')
  const now = after.split('\n')
  if (old.length > MOST_LINES || now.length > MOST_LINES)
    return [
      ...old.map((text): Line => ({ text, change: 'removed' })),
      ...now.map((text): Line => ({ text, change: 'added' })),
    ]
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i]![j] = old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ text: old[i]!, change: 'same' })
      i++
      j++
    } else if (j >= now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ text: old[i++]!, change: 'removed' })
    } else {
      lines.push({ text: now[j++]!, change: 'added' })
    }
  }
  return lines
}

/** Any value as lines: text as it is, all else as indented JSON. */
export const asText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2)
