// Writes what was measured into docs/proof/clients.json, and the page beside it. Only where PROOF is set: a proof is of
// a whole run, and is committed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../docs/proof')
const figures = join(folder, 'clients.json')

/** `part` is `table`, of cells by client, those of other clients stay; or `cuts`, of counts by what happened. */
export function publish(part, measured) {
  if (!process.env.PROOF) return
  const all = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : {}
  if (part === 'table') measured.cells = { ...all.table?.cells, ...measured.cells }
  all[part] = { on: new Date().toISOString().slice(0, 10), ...measured }
  writeFileSync(figures, JSON.stringify(all, null, 2) + '\n')
  writeFileSync(join(folder, 'clients.md'), page(all))
}

const row = (cells) => `| ${cells.join(' | ')} |`

function page({ table, cuts }) {
  const lines = [
    '# OpenAI’s clients, measured',
    '',
    'Written by `PROOF=yes make clients` and `PROOF=yes make clients-cuts`. What each means is in [openai.md](../openai.md).',
  ]
  if (table) {
    const clients = Object.keys(table.cells)
    const what = Object.keys(table.cells[clients[0]])
    const cells = clients.flatMap((client) => Object.values(table.cells[client])).filter((cell) => cell !== '–')
    const failed = cells.filter((cell) => cell !== '✓').length
    lines.push('', `## ${clients.length} clients and what happens to their calls (${table.on})`, '')
    lines.push('Each cell is one or more calls: ✓ is right, – is what the client cannot ask.', '')
    lines.push(row(['', ...clients]), row(['---', ...clients.map(() => ':-:')]))
    for (const one of what) lines.push(row([one, ...clients.map((client) => table.cells[client][one])]))
    lines.push('', `Wrong, silent or repeated work: **${failed}** of ${cells.length}.`)
  }
  if (cuts) {
    lines.push('', `## ${cuts.done} streams that are cut while they are read (${cuts.on})`, '')
    lines.push(row(['what happens', 'whole', 'error in the client', 'incomplete without an error']))
    lines.push(row(['---', '--:', '--:', '--:']))
    for (const [one, count] of Object.entries(cuts.counts)) {
      lines.push(row([one, count.whole, count.error, count.incomplete]))
    }
    lines.push('', `Incomplete without an error: **${cuts.incomplete}** of ${cuts.done}.`)
  }
  return lines.join('\n') + '\n'
}
