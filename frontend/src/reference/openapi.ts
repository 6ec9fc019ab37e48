/** As much of an OpenAPI document as a reader needs. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  description?: string
  example?: unknown
  examples?: unknown[]
}
type Content = { content?: Record<string, { schema?: Schema }> }
export type Parameter = {
  $ref?: string
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}
type RawOperation = {
  tags?: string[]
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: Content & { $ref?: string }
  responses?: Record<string, Content & { $ref?: string; description?: string }>
}
export type OpenApi = {
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, unknown>>
  components?: { schemas?: Record<string, Schema>; [part: string]: unknown }
}
export type Operation = {
  method: string
  path: string
  tag: string
  summary?: string
  description?: string
  parameters: Parameter[]
  body?: Schema
  /** Its media type. */
  bodyType?: string
  answers: { status: string; description?: string; schema?: Schema }[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete']
const schemaOf = (part?: Content) => Object.values(part?.content ?? {})[0]?.schema
const typeOf = (part?: Content) => Object.keys(part?.content ?? {})[0]

export function byTag(document: OpenApi): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const shared = (item.parameters as Parameter[] | undefined) ?? []
    for (const method of methods.filter((name) => name in item)) {
      const operation = read(document, method, path, item[method] as RawOperation, shared)
      groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operation])
    }
  }
  return [...groups]
}

function read(document: OpenApi, method: string, path: string, raw: RawOperation, shared: Parameter[]): Operation {
  const answers = Object.entries(raw.responses ?? {}).map(([status, response]) => {
    const found = resolve<Content & { description?: string }>(document, response)
    return { status, description: found.description, schema: schemaOf(found) }
  })
  const requestBody = raw.requestBody && resolve(document, raw.requestBody)
  return {
    method,
    path,
    tag: raw.tags?.[0] ?? path.split('/').find((part) => part && part !== 'api' && part !== 'v1') ?? 'server',
    summary: raw.summary,
    description: raw.description,
    parameters: [...shared, ...(raw.parameters ?? [])].map((parameter) => resolve(document, parameter)),
    body: schemaOf(requestBody),
    bodyType: typeOf(requestBody),
    answers,
  }
}

/** What a reference leads to; anything else as it is. */
export function resolve<T extends object>(document: OpenApi, value: T & { $ref?: string }): T {
  if (!value.$ref) return value
  const found = value.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
  return (found as T) ?? value
}

/** A schema as a short sketch of its JSON: names, types, `?` where it may be left out. */
export function shapeOf(document: OpenApi, schema: Schema | undefined, depth = 0, refs = 0): string {
  if (!schema) return 'any'
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return refs > 2 ? name : shapeOf(document, resolve(document, schema), depth, refs + 1)
  }
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const either = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (either) return either.map((one) => shapeOf(document, one, depth, refs)).join(schema.allOf ? ' & ' : ' | ')
  if (schema.items) return `[${shapeOf(document, schema.items, depth, refs)}]`
  if (schema.properties) {
    const pad = '  '.repeat(depth + 1)
    const lines = Object.entries(schema.properties).map(([name, property]) => {
      const optional = schema.required?.includes(name) ? '' : '?'
      const says = property.description ? `  // ${property.description}` : ''
      return `${pad}${name}${optional}: ${shapeOf(document, property, depth + 1, refs)}${says}`
    })
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format ? `${type} (${schema.format})` : type
}

/** Whether all these words stand in its method, address or what is said of it. */
export function isFound({ method, path, summary = '', description = '', tag }: Operation, words: string): boolean {
  const text = `${method} ${path} ${summary} ${description} ${tag}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
