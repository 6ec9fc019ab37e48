import type { ProblemError } from '../src/api/types.ts'
import { tools } from './lists.ts'

const known = ['name', 'description', 'instructions', 'model', 'tools', 'limits', 'http_fetch']

/** A few of the checks the backend makes, enough to see how the editor shows them. */
export function checkDefinition(yaml: string, name: string): ProblemError[] {
  const errors: ProblemError[] = []
  yaml.split('\n').forEach((text, index) => {
    const line = index + 1
    const key = /^([^\s:#]+):\s*(.*)$/.exec(text)
    if (!key) return
    const [, word = '', value = ''] = key
    if (!known.includes(word)) {
      errors.push({
        path: `/${word}`,
        line,
        column: 1,
        message: `Unknown key "${word}"`,
        hint: `Did you mean "${nearest(word, known)}"?`,
      })
    }
    if (word === 'name' && value !== name)
      errors.push({ path: '/name', line, column: 7, message: `The name is "${value}", the address says "${name}"` })
    if (word === 'model' && value !== 'default')
      errors.push({ path: '/model', line, column: 8, message: `No model "${value}"`, hint: 'Did you mean "default"?' })
    if (word === 'tools') {
      const names = tools.map((tool) => tool.name)
      for (const tool of value
        .replace(/[[\]]/g, '')
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)) {
        if (!names.includes(tool))
          errors.push({
            path: '/tools',
            line,
            column: text.indexOf(tool) + 1,
            message: `No tool "${tool}"`,
            hint: `Did you mean "${nearest(tool, names)}"?`,
          })
      }
    }
  })
  for (const key of ['name', 'instructions', 'model']) {
    if (!new RegExp(`^${key}:`, 'm').test(yaml)) errors.push({ path: `/${key}`, message: `"${key}" is missing` })
  }
  return errors
}

const nearest = (word: string, words: string[]) => words.toSorted((a, b) => shared(b, word) - shared(a, word))[0]
const shared = (a: string, b: string) =>
  [...a].filter((letter) => b.includes(letter)).length - Math.abs(a.length - b.length)
