/** The part of JSON Schema that forms are made from; what they cannot show is written as JSON. */
export type Schema = {
  type?: string | string[]
  title?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  items?: Schema
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minItems?: number
  maxItems?: number
  format?: string
}
export type Wrong = { path: string; message: string }

export type Control = 'text' | 'lines' | 'number' | 'yes-no' | 'choice' | 'json'

/** How a value of this schema is asked for. */
export function controlOf(schema: Schema): Control {
  if (schema.enum && schema.enum.every((one) => ['string', 'number', 'boolean'].includes(typeof one))) return 'choice'
  switch (typeOf(schema)) {
    case 'boolean':
      return 'yes-no'
    case 'number':
    case 'integer':
      return 'number'
    case 'string':
      return (schema.maxLength ?? 0) > 120 || schema.format === 'multiline' ? 'lines' : 'text'
    default:
      return 'json'
  }
}

const typeOf = ({ type }: Schema) => (Array.isArray(type) ? type.find((one) => one !== 'null') : type)

export const isForm = (schema: Schema | null): schema is Schema & { properties: Record<string, Schema> } =>
  schema?.properties !== undefined && Object.keys(schema.properties).length > 0

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value

const fits = (type: string, value: unknown) =>
  kindOf(value) === type || (type === 'number' && kindOf(value) === 'integer')

/** What a value has against its schema, in words; the server checks again. */
export function wrongs(schema: Schema, value: unknown, path = ''): Wrong[] {
  const says = (message: string): Wrong[] => [{ path, message }]
  const types = schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type]
  if (types.length > 0 && !types.some((type) => fits(type, value)))
    return says(value === undefined ? 'is missing' : `must be ${types.map(withArticle).join(' or ')}`)
  if (schema.enum && !schema.enum.some((one) => sameJson(one, value)))
    return says(`must be one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`)
  if (typeof value === 'string') return ofText(schema, value).flatMap(says)
  if (typeof value === 'number') return ofNumber(schema, value).flatMap(says)
  if (Array.isArray(value))
    return [
      ...ofCount(schema, value.length).flatMap(says),
      ...(schema.items ? value.flatMap((one, index) => wrongs(schema.items!, one, `${path}/${index}`)) : []),
    ]
  if (typeof value === 'object' && value !== null) return ofObject(schema, value as Record<string, unknown>, path)
  return []
}

const withArticle = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

function ofText({ minLength, maxLength, pattern }: Schema, value: string) {
  const found: string[] = []
  if (minLength !== undefined && value.length < minLength)
    found.push(minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`)
  if (maxLength !== undefined && value.length > maxLength) found.push(`must have at most ${maxLength} characters`)
  if (pattern !== undefined && !matches(pattern, value)) found.push(`must match ${pattern}`)
  return found
}

/** A pattern this browser cannot read is left to the server. */
function matches(pattern: string, value: string) {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return true
  }
}

function ofNumber({ minimum, maximum }: Schema, value: number) {
  const found: string[] = []
  if (minimum !== undefined && value < minimum) found.push(`must be at least ${minimum}`)
  if (maximum !== undefined && value > maximum) found.push(`must be at most ${maximum}`)
  return found
}

function ofCount({ minItems, maxItems }: Schema, length: number) {
  const found: string[] = []
  if (minItems !== undefined && length < minItems) found.push(`must have at least ${minItems} entries`)
  if (maxItems !== undefined && length > maxItems) found.push(`must have at most ${maxItems} entries`)
  return found
}

function ofObject(schema: Schema, value: Record<string, unknown>, path: string): Wrong[] {
  const { properties = {}, required = [], additionalProperties } = schema
  const missing = required.filter((name) => value[name] === undefined)
  const unknown = additionalProperties === false ? Object.keys(value).filter((name) => !(name in properties)) : []
  return [
    ...missing.map((name) => ({ path: `${path}/${name}`, message: 'is missing' })),
    ...unknown.map((name) => ({ path: `${path}/${name}`, message: 'is not a known field' })),
    ...Object.entries(properties).flatMap(([name, one]) =>
      value[name] === undefined ? [] : wrongs(one, value[name], `${path}/${name}`),
    ),
  ]
}

/** Equal as JSON: the order of keys does not count. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) =>
    sameJson((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
  )
}
