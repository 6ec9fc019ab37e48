/** Where a cursor is in a document of YAML, by its lines and indents: definitions use no more of the language. */
export type YamlPlace = {
  /** The keys above, outermost first; an entry of a list is `*`. */
  path: string[]
  /** At a key that is being written, or at the value behind `key:`. */
  at: 'key' | 'value'
  /** What stands there already, up to the cursor. */
  typed: string
}

type Line = { indent: number; key?: string; item: boolean; value: string }

const KEY = /^("[^"]*"|'[^']*'|[\w.$/-]+)\s*:(?:\s+|$)(.*)$/

function read(text: string): Line {
  const indent = text.length - text.trimStart().length
  let rest = text.trim()
  const item = /^-(\s|$)/.test(rest)
  if (item) rest = rest.slice(1).trimStart()
  const found = KEY.exec(rest)
  return found
    ? { indent, item, key: found[1]!.replace(/^["']|["']$/g, ''), value: found[2]! }
    : { indent, item, value: rest }
}

/** Null inside a text block, a comment or behind a quote, where nothing is to be proposed. */
export function yamlPlace(before: string): YamlPlace | null {
  const lines = before.split('\n')
  const last = lines.at(-1)!
  if (last.trimStart().startsWith('#')) return null
  const line = read(last)
  const path: string[] = []
  let level = line.item || line.key !== undefined || line.value ? line.indent : last.length
  if (line.item) path.unshift('*')
  const levels = [level]
  for (const text of lines.slice(0, -1).reverse()) {
    if (!text.trim() || text.trimStart().startsWith('#')) continue
    const above = read(text)
    if (above.indent > level || (above.indent === level && !(above.item && !line.item && path[0] !== '*'))) {
      // A list may stand at its key's own indent.
      if (!(above.indent === level && path[0] === '*' && above.key !== undefined && !above.item && above.value === ''))
        continue
    }
    if (above.key !== undefined && /^[|>][-+\d]*\s*$/.test(above.value)) return null
    if (above.item && above.indent < level && path[0] !== '*') path.unshift('*')
    const isParent = above.key !== undefined && above.value === ''
    if (isParent && (!above.item || above.indent + 2 <= level)) path.unshift(above.key!)
    level = above.indent
    levels.push(level)
    if (above.item && isParent) path.unshift('*')
  }
  const flow = /^(.*[[{,]\s*)?([^[{,]*)$/.exec(line.value)
  if (line.key !== undefined) {
    return {
      path: [...path, line.key, ...(line.value.startsWith('[') ? ['*'] : [])],
      at: 'value',
      typed: (flow?.[2] ?? line.value).trim(),
    }
  }
  return {
    path,
    at: line.item && line.value !== '' && !line.value.includes(':') ? 'value' : line.item ? 'value' : 'key',
    typed: line.value,
  }
}
