// The words of an agent's definition, read from the backend's reader, so that the chart refuses what the backend would.

const setOf = (source, name) => {
  const words = source.match(new RegExp(`Set<String> ${name} =\\s*Set\\.of\\(([^)]*)\\)`))
  if (!words) throw new Error(`DefinitionReader.java has no set of words named "${name}": say here where they are now.`)
  return [...words[1].matchAll(/"([A-Za-z_]+)"/g)].map(([, word]) => word)
}

const list = (words) => words.map((word) => `  - ${word}\n`).join('')

export const wordsText = (definitionReader) =>
  `# Made by "make gen-chart" from the backend's DefinitionReader: the keys of an agent, and those of its limits.
definition:
${list(setOf(definitionReader, 'KEYS'))}limits:
${list(setOf(definitionReader, 'LIMITS'))}`
