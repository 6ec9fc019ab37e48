import { resolve, type OpenApi, type Schema } from './openapi'

const DEEPEST = 6

/** A value as a schema wants it: its own example, else its required parts with the least that fits. */
export function exampleOf(document: OpenApi, schema: Schema, depth = 0): unknown {
  const known = resolve(document, schema)
  if (known.examples?.length) return known.examples[0]
  if (known.example !== undefined) return known.example
  if (known.const !== undefined) return known.const
  if (known.enum) return known.enum[0]
  const one = known.oneOf?.[0] ?? known.anyOf?.[0]
  if (one) return exampleOf(document, one, depth + 1)
  if (known.allOf) return Object.assign({}, ...known.allOf.map((part) => exampleOf(document, part, depth + 1)))
  if (known.items) return depth < DEEPEST ? [exampleOf(document, known.items, depth + 1)] : []
  if (known.properties && depth < DEEPEST) {
    const needed = (known.required ?? []).filter((name) => known.properties![name])
    return Object.fromEntries(needed.map((name) => [name, exampleOf(document, known.properties![name]!, depth + 1)]))
  }
  const type = Array.isArray(known.type) ? known.type[0] : known.type
  switch (type) {
    case 'string':
      return known.format === 'date-time' ? '2026-01-31T12:00:00Z' : '…'
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'array':
      return []
    default:
      return {}
  }
}
