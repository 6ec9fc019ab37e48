// What was measured, said at the end, and kept where FIGURES names a file.

import { writeFileSync } from 'node:fs'

const figures = {}

export function figure(name, value, bar) {
  figures[name] = { value, bar }
  console.log(`  figure: ${name}: ${value} (bar: ${bar})`)
}

process.on('exit', () => {
  if (process.env.FIGURES) writeFileSync(process.env.FIGURES, `${JSON.stringify(figures, null, 2)}\n`)
})

/** Kubernetes' quantities as numbers: cores and MiB. */
export const cores = (text = '0') => (text.endsWith('n') ? parseFloat(text) / 1e9 : text.endsWith('m') ? parseFloat(text) / 1000 : Number(text))

const sizes = { Ki: 1 / 1024, Mi: 1, Gi: 1024 }
export const mebibytes = (text = '0') => parseFloat(text) * (sizes[text.slice(-2)] ?? 1 / 1048576)
