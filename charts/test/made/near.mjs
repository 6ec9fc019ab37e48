// "Did you mean" in the words of JSON Schema: a name that is one slip of the fingers away from a known one must be that one.

/** Names with one letter too few, too many, wrong, or exchanged with its neighbour; the name itself is among them. */
export function near(name) {
  const letters = [...name]
  const around = (at, middle, after) => letters.slice(0, at).join('') + middle + letters.slice(after).join('')
  const slips = letters.flatMap((letter, at) => [
    around(at, '.{0,2}', at + 1),
    ...(letters[at + 1] ? [around(at, letters[at + 1] + letter, at + 2)] : []),
  ])
  return `^(${slips.join('|')})$`
}

/** Adds it to every closed object of the schema, and the patterns, once each, to its $defs. */
export function withNearNames(schema) {
  const patterns = {}
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return
    Object.values(node).forEach(visit)
    if (node.additionalProperties !== false || !node.properties) return
    const names = Object.keys(node.properties)
    const mistakable = names.filter(
      (name) => name.length > 3 && !names.some((other) => other !== name && new RegExp(near(name)).test(other)),
    )
    if (mistakable.length === 0) return
    for (const name of mistakable) patterns[`near-${name}`] = { if: { pattern: near(name) }, then: { const: name } }
    node.propertyNames = { allOf: mistakable.map((name) => ({ $ref: `#/$defs/near-${name}` })) }
  }
  visit(schema)
  return { ...schema, $defs: { ...schema.$defs, ...patterns } }
}
