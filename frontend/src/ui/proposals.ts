import type { YamlPlace } from './yamlPlace'

/** What an editor may propose at a place; `about` is shown beside the one that is chosen. */
export type Proposal = { label: string; about?: string; insert?: string }

/** As much of JSON Schema as descriptions of definitions use. */
export type DefinitionSchema = {
  $ref?: string
  type?: string | string[]
  description?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, DefinitionSchema>
  additionalProperties?: boolean | DefinitionSchema
  items?: DefinitionSchema
  oneOf?: DefinitionSchema[]
  anyOf?: DefinitionSchema[]
  allOf?: DefinitionSchema[]
}
type Named = (name: string) => DefinitionSchema | undefined

/** All that a schema may be: behind references and choices. */
function each(schema: DefinitionSchema | undefined, named: Named, depth = 0): DefinitionSchema[] {
  if (!schema || depth > 8) return []
  const target = schema.$ref ? named(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)) : undefined
  const parts = [target, ...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
  return [schema, ...parts.flatMap((part) => each(part, named, depth + 1))]
}

function within(schemas: DefinitionSchema[], key: string): DefinitionSchema[] {
  return schemas.flatMap((schema) => {
    if (key === '*') return schema.items ? [schema.items] : []
    const more = schema.additionalProperties
    const found = schema.properties?.[key] ?? (typeof more === 'object' ? more : undefined)
    return found ? [found] : []
  })
}

function keysOf(schemas: DefinitionSchema[], named: Named): Proposal[] {
  return schemas.flatMap((schema) =>
    Object.entries(schema.properties ?? {}).map(([label, property]) => {
      const all = each(property, named)
      const isGroup = all.some(({ properties }) => properties)
      return {
        label,
        about: all.find(({ description }) => description)?.description,
        insert: isGroup ? `${label}:\n` : `${label}: `,
      }
    }),
  )
}

/**
 * What may stand at a place, by the schema of the definition. `values` names what the installation has, such as its
 * models, by path: `tools.*`.
 */
export function proposalsAt(
  place: YamlPlace,
  schema: DefinitionSchema,
  named: Named,
  values: Record<string, Proposal[]> = {},
): Proposal[] {
  const known = values[place.path.join('.')]
  if (place.at === 'value' && known) return known
  const here = place.path.reduce(
    (schemas, key) => within(schemas, key).flatMap((one) => each(one, named)),
    each(schema, named),
  )
  const unique = new Map<string, Proposal>()
  const add = (proposal: Proposal) => unique.has(proposal.label) || unique.set(proposal.label, proposal)
  if (place.at === 'value') {
    for (const one of here) {
      const told = [...(one.enum ?? []), ...(one.const === undefined ? [] : [one.const])]
      for (const value of told) add({ label: String(value), about: one.description })
      if (one.type === 'boolean') ['true', 'false'].forEach((label) => add({ label }))
    }
  }
  if (place.at === 'key' || place.path.at(-1) === '*') keysOf(here, named).forEach(add)
  return [...unique.values()]
}
