export type Line = { key: string; kind: 'same' | 'added' | 'removed'; text: string }

/** Two texts line by line, by their longest common run of lines. Definitions are short, so the plain way is enough. */
export function compareLines(before: string, after: string): Line[] {
  const a = before.trimEnd().split('\n')
  const b = after.trimEnd().split('\n')
  const longest = Array.from({ length: a.length + 1 }, () => Array.from<number>({ length: b.length + 1 }).fill(0))
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: Line[] = []
  const add = (kind: Line['kind'], text: string) => lines.push({ key: String(lines.length), kind, text })
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', b[j]!)
      i += 1
      j += 1
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      add('removed', a[i]!)
      i += 1
    } else {
      add('added', b[j]!)
      j += 1
    }
  }
  return lines
}
