// Values that must be refused, made from the schema: at every key a wrong type, a value out of range, a word that is no choice,
// and at every level a key that nobody knows. Each is {what, values, named}: helm's answer must hold all of `named`.

import { moved } from './made/kinds.mjs'

/** Null takes nothing away below them: helm/helm#32132. */
const isSubChart = /^(postgresql|ingress-nginx)$/

/** The key that no level knows; no template may ever read it. */
const unknownKey = 'unknwonKey'

/** Beside the pattern stands what it means. */
const wrongForm = 'a text of a wrong form'

const wrongType = { string: 4711, boolean: 'perhaps', integer: 'many', number: 'many', object: 'lots', array: 'some' }

export function badValues(schema) {
  const cases = []
  const visit = (given, path) => {
    const node = resolved(schema, given)
    if (path.length > 0) cases.push(...badTypes(node, path), ...badValuesOf(node, path))
    if (node.additionalProperties === false) {
      const dots = path.join('.') || 'the top'
      for (const key of [unknownKey, misspelt(Object.keys(node.properties))]) {
        cases.push(bad(`the unknown key ${key} at ${dots}`, [...path, key], 1, [pointer(path), `'${key}'`]))
      }
    }
    if (node.additionalProperties?.type) {
      cases.push(bad(`${path.join('.')}: an entry of a wrong type`, [...path, 'entry'], wrongType[node.additionalProperties.type], [pointer([...path, 'entry'])]))
    }
    if (node.propertyNames) cases.push(bad(`${path.join('.')}: a name that is none`, [...path, 'NO name!'], {}, ['NO name!']))
    for (const word of node.required ?? []) if (!isSubChart.test(path[0] ?? word)) cases.push(withoutRequired(node, path, word))
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
      const { description } = resolved(schema, inner)
      if (description !== moved && description !== "Open: Helm's own") visit(inner, [...path, key])
    }
    if (node.items) visitItems(resolved(schema, node.items), path)
  }
  const visitItems = (item, path) => {
    cases.push(bad(`${path.join('.')}: an entry of a wrong type`, path, [wrongType[item.type] ?? 1], [pointer([...path, '0'])]))
    if (item.additionalProperties === false) {
      const entry = { ...Object.fromEntries(item.required?.map((word) => [word, 'x']) ?? []), [unknownKey]: 1 }
      cases.push(bad(`${path.join('.')}: an entry with an unknown key`, path, [entry], [pointer([...path, '0']), unknownKey]))
    }
    for (const word of item.required ?? []) cases.push(bad(`${path.join('.')}: an entry without ${word}`, path, [{}], [pointer([...path, '0']), `'${word}'`]))
  }
  visit(schema, [])
  return cases
}

function badTypes(node, path) {
  const types = [node.type ?? []].flat()
  if (types.length !== 1) return types.length ? [bad(`${path.join('.')}: a wrong type`, path, types.includes('array') ? 1 : [1], [pointer(path)])] : []
  // A sub-chart's own place is looked at by Helm itself, before the schema, and named without a slash.
  const named = [path.length === 1 && types[0] === 'object' ? path[0] : pointer(path)]
  const list = types[0] === 'array' || types[0] === 'object' ? [] : [bad(`${path.join('.')}: a list`, path, [1], named)]
  return [bad(`${path.join('.')}: a wrong type`, path, wrongType[types[0]], named), ...list]
}

function badValuesOf(node, path) {
  const values = {
    'a word that is no choice': node.enum && 'no-such-choice',
    'less than the least': node.minimum !== undefined ? node.minimum - 1 : undefined,
    'more than the most': node.maximum !== undefined ? node.maximum + 1 : undefined,
    'half of a whole number': node.type === 'integer' ? 1.5 : undefined,
    [wrongForm]: node.pattern && '?? no such form ??',
    'a text that is too long': node.maxLength && 'x'.repeat(node.maxLength + 1),
    'a text that is too short': node.minLength && '',
  }
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([what, value]) => bad(`${path.join('.')}: ${what}`, path, value, [pointer(path), ...(what === wrongForm ? ['value must be'] : [])]))
}

/** Defaults would fill the gap, so it is made where nothing has a default: by null, which takes the default away. */
const withoutRequired = (node, path, word) =>
  bad(`${path.join('.')}: without ${word}`, [...path, word], null, [pointer(path), `'${word}'`])

const bad = (what, path, value, named) => ({
  what,
  values: path.reduceRight((inner, key) => ({ [key]: inner }), value),
  named,
})

/** A known key with two letters exchanged. */
function misspelt(keys) {
  for (const key of keys) {
    const exchanged = key[0] + key[2] + key[1] + key.slice(3)
    if (key.length > 3 && !keys.includes(exchanged)) return exchanged
  }
  return 'xy'
}

const pointer = (path) => `'${path.length ? '/' : ''}${path.join('/')}'`

const resolved = (schema, node) => (node.$ref ? { ...schema.$defs[node.$ref.replace('#/$defs/', '')], ...node } : node)

/**
 * The cases as few lists, in each of which no two are about the same place or one within another's: each is as wrong as alone. What is
 * at the top is left out: Helm looks at the place of a sub-chart before the schema does.
 */
export function together(cases) {
  const batches = []
  for (const one of cases.filter(({ values }) => !isAtTheTop(values))) {
    const path = pathOf(one.values)
    const free = batches.find(({ taken }) => !meets(taken, path))
    if (free) take(free, one, path)
    else batches.push(take({ cases: [], taken: {} }, one, path))
  }
  return batches.map((batch) => batch.cases)
}

/** All of them in one values file. */
export const merged = (cases) => cases.map(({ values }) => values).reduce(mergedWith, {})

const isAtTheTop = (values) => Object.values(values).some((inner) => !isObject(inner))

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

function pathOf(values) {
  const [[key, inner]] = Object.entries(values)
  return isObject(inner) && Object.keys(inner).length === 1 ? [key, ...pathOf(inner)] : [key]
}

/** Whether a place that is taken is on the way to this one, is it, or is within it. */
function meets(taken, [key, ...rest]) {
  if (!(key in taken)) return false
  return taken[key] === true || rest.length === 0 || meets(taken[key], rest)
}

function take(batch, one, path) {
  batch.cases.push(one)
  path.reduce((place, key, at) => (place[key] ??= at === path.length - 1 ? true : {}), batch.taken)
  return batch
}

function mergedWith(one, other) {
  return Object.entries(other).reduce(
    (all, [key, value]) => ({ ...all, [key]: isObject(value) && isObject(all[key]) ? mergedWith(all[key], value) : value }),
    one,
  )
}
