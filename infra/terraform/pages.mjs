// Writes the README of every module from its HCL; "--check" only says which are stale: node infra/terraform/pages.mjs

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argument, blocks, roots } from '../test/hcl.mjs'

const modules = join(import.meta.dirname, 'modules')
const unquoted = (text = '') => text.replace(/^"|"$/g, '').replaceAll('\\"', '"')
/** A value of one line; longer ones are in the file. */
const shown = (value) => (value === undefined ? '**required**' : /[{[]$/.test(value) ? 'see variables.tf' : `\`${value}\``)

export function page(module) {
  const read = (name) => (existsSync(join(modules, module, name)) ? readFileSync(join(modules, module, name), 'utf8') : '')
  const purpose = read('main.tf').split('\n\n')[0].replace(/^# ?/gm, '').trim()
  const of = (name, kind) => blocks(read(name)).filter((block) => block.kind === kind)
  const variables = of('variables.tf', 'variable').map((block) => {
    const type = argument(block, 'type')
    return `| \`${block.labels[0]}\` | ${unquoted(argument(block, 'description')).replaceAll('|', '\\|')} | \`${type}\` | ${shown(argument(block, 'default'))} |`
  })
  const outputs = of('outputs.tf', 'output').map((block) => `| \`${block.labels[0]}\` | ${unquoted(argument(block, 'description'))} |`)
  return `# ${module}\n\n${purpose}\n\n| variable | what | type | default |\n|---|---|---|---|\n${variables.join('\n')}\n\n| output | what |\n|---|---|\n${outputs.join('\n')}\n\nMade from the HCL by \`node infra/terraform/pages.mjs\`.\n`
}

/** Modules whose page is not what would be made. */
export const stale = () =>
  roots(modules).filter((module) => !existsSync(join(modules, module, 'README.md')) || readFileSync(join(modules, module, 'README.md'), 'utf8') !== page(module))

if (process.argv[1] === import.meta.filename) {
  const old = stale()
  if (process.argv.includes('--check') && old.length > 0) {
    console.error(`The pages of ${old.join(', ')} are stale: node infra/terraform/pages.mjs`)
    process.exit(1)
  }
  for (const module of old) writeFileSync(join(modules, module, 'README.md'), page(module))
}
