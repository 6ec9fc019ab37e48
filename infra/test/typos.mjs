// Mistakes in HCL: two letters of an argument's name change places, or the first one is doubled.

/** Every argument of a resource or one of its blocks, as { line, argument, typo }; not keys of maps, which may be called anything. */
export function misspelt(text) {
  const found = []
  const open = []
  text.split('\n').forEach((line, index) => {
    const opens = line.match(/^ *([a-z_]+)(?: "[^"]*")* \{$/)?.[1]
    const argument = line.match(/^ +([a-z][a-z0-9_]*) += /)?.[1]
    const inResource = open[0] === 'resource' && !open.includes('value') && !open.includes('lifecycle')
    if (argument && inResource && !special.has(argument) && !['dynamic'].includes(open.at(-1))) {
      found.push({ line: index + 1, argument, typo: found.length % 2 ? `${argument[0]}${argument}` : swapped(argument) })
    }
    if (opens && !open.includes('value')) open.push(opens)
    else if (/[{[(]$/.test(line)) open.push('value')
    if (/^ *[}\])]+$/.test(line)) open.pop()
  })
  return found
}

/** The text with those mistakes. */
export function withTypos(text, typos) {
  const lines = text.split('\n')
  for (const { line, argument, typo } of typos) lines[line - 1] = lines[line - 1].replace(argument, typo)
  return lines.join('\n')
}

/** These are of the language itself. */
const special = new Set(['for_each', 'count', 'depends_on'])

function swapped(word) {
  const at = [...word].findIndex((letter, i) => i > 0 && i + 1 < word.length && word[i + 1] !== letter)
  return at < 0 ? `${word[0]}${word}` : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
}
