// values.schema.json from values.yaml: types from the defaults, kinds from names, the rest from "# @schema" lines; closed at every level.

import { parse } from 'yaml'
import { forms } from './forms.mjs'
import { kindByForm, kindOf, kinds, moved } from './kinds.mjs'
import { withNearNames } from './near.mjs'
import { closed } from './types.mjs'
import { keysOf } from './values.mjs'

/** The sub-charts' values and what they share are open below, and our own keys among them are typed. */
const open = {
  global: 'Open: sub-charts read it too',
  postgresql: 'Open: values of the bundled chart',
  'ingress-nginx': 'Open: values of the bundled chart',
}

export function schemaOf(valuesYaml, knownYaml = '') {
  const root = closed({})
  for (const key of keysOf(valuesYaml)) place(root, key)
  for (const path of movedKeys(knownYaml)) allowMoved(root, path.split('.'))
  for (const word of ['tags', 'exports']) root.properties[word] = { type: 'object', description: "Open: Helm's own" }
  root.patternProperties = { '^x-': { description: "Yours: notes, and values that anchors repeat" } }
  root.properties.enabled = { type: 'boolean', description: 'The condition of a chart that has this one as its dependency' }
  return withNearNames(withForms({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Values of the chart wheelhouse',
    description: 'Made from values.yaml by "make gen-chart"',
    ...root,
    // Helm prints a text that was expected, and no text of a schema's own.
    if: everyKeyOf(root),
    else: { const: 'a value for each key: --reuse-values takes those of the old version, without the new keys; use --reset-then-reuse-values' },
    $defs: kinds,
  }))
}

/** Each pattern in words beside it: Helm prints a text that was expected, so the words are one. */
function withForms(node) {
  if (Array.isArray(node)) return node.map(withForms)
  if (node === null || typeof node !== 'object') return node
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withForms(value)]))
  if (typeof node.pattern !== 'string') return inner
  const { pattern } = node
  if (!(pattern in forms)) throw new Error(`The pattern ${pattern} has no words: give it some in forms.mjs`)
  return { ...inner, if: { pattern }, else: { const: forms[pattern] } }
}

/** What a missing key breaks, at whatever level; its message is the schema's own. */
function everyKeyOf({ required, properties = {} }) {
  const inner = Object.entries(properties).map(([key, node]) => [key, everyKeyOf(node)]).filter(([, node]) => node.required || node.properties)
  return { ...(required && { required }), ...(inner.length && { properties: Object.fromEntries(inner) }) }
}

/** Keys that were removed or that people know from other charts. */
export const movedKeys = (knownYaml) => Object.keys(parse(knownYaml)?.moved ?? {})

export const schemaText = (...sources) => `${JSON.stringify(schemaOf(...sources), null, 2)}\n`

function place(root, key) {
  let node = root
  for (const name of key.path.slice(0, -1)) {
    node = node.properties?.[name]
    if (!node) return // inside of a kind, which has told about it
  }
  if (!node.properties) return
  node.properties[key.path.at(-1)] = { ...(key.text && { description: key.text }), ...typeOf(key) }
  // Every key has a default: one is missing only where its value was emptied, on which templates would break.
  if (node.additionalProperties === false) node.required = [...(node.required ?? []), key.path.at(-1)]
}

function typeOf({ path, value, hasKeys, schema }) {
  const said = schema?.startsWith('{') ? JSON.parse(schema) : undefined
  if (schema && !said) return named(schema, path)
  const own = typeFromDefault(path, value, hasKeys)
  if (!said) return own
  if (said.enum || said.type) return said
  return { ...resolved(own), ...said }
}

function typeFromDefault(path, value, hasKeys) {
  const name = path.at(-1)
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  if (path.length === 1 && open[name]) return { type: 'object', description: open[name], properties: {} }
  const [, kind] = kindOf.find(([names, , of]) => names.test(name) && of === type) ?? []
  if (kind) return typeof kind === 'string' ? named(kind === 'secretKey' && value === '' ? 'secretKeyOrEmpty' : kind, path) : kind
  if (hasKeys) return path[0] in open ? { type: 'object', properties: {} } : closed({})
  const [, form] = (type === 'string' && kindByForm.find(([pattern]) => pattern.test(value))) || []
  if (form) return named(form, path)
  return {
    boolean: { type },
    string: { type },
    number: Number.isInteger(value) ? { type: 'integer', minimum: 0 } : { type: 'number', minimum: 0 },
    array: { type },
    object: { type, description: 'Open' },
  }[type] ?? refuse(path, `has the default ${value}: give it one that shows its type, or a "# @schema" line`)
}

const named = (kind, path) =>
  kind in kinds ? { $ref: `#/$defs/${kind}` } : refuse(path, `has the kind "${kind}": known are ${Object.keys(kinds).join(', ')}`)

const resolved = (node) => (node.$ref ? kinds[node.$ref.replace('#/$defs/', '')] : node)

/** Templates answer them with the new name; the schema comes first and would only say "not allowed". */
function allowMoved(root, path) {
  let node = root
  for (const name of path.slice(0, -1)) {
    node.properties[name] ??= { type: 'object', description: moved, properties: {}, additionalProperties: true }
    node = node.properties[name]
    if (!node.properties) return
  }
  node.properties[path.at(-1)] ??= { description: moved }
}

function refuse(path, why) {
  throw new Error(`values.yaml: ${path.join('.')} ${why}`)
}
