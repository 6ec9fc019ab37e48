// Fails when the shell or a page has outgrown its budget. Counts what a browser loads: a chunk with all it imports.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const SHELL_KB = 140
const PAGE_KB = 90
// Parts that a page loads later, for those who use them.
const LATER = { CodeField: 120, GraphView: 120, mermaid: 600 }
const dist = new URL('../dist/', import.meta.url)
let manifest
try {
  manifest = JSON.parse(readFileSync(new URL('build/manifest.json', dist), 'utf8'))
} catch {
  console.error('dist/build/manifest.json is missing: run "npm run build" first')
  process.exit(1)
}

const weights = new Map()
function weight(file) {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(new URL(file, dist))).length / 1000)
  return weights.get(file)
}
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}
const sum = (keys) => [...keys].reduce((total, key) => total + weight(manifest[key].file), 0)

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const shell = closure(entry)
const rows = [{ part: 'shell', kB: sum(shell), budget: SHELL_KB }]
for (const key of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)) {
  const own = [...closure(key)].filter((chunk) => !shell.has(chunk))
  rows.push({ part: manifest[key].name, kB: sum(own), budget: LATER[manifest[key].name] ?? PAGE_KB })
}
rows.sort((a, b) => b.kB - a.kB)
for (const { part, kB, budget } of rows) {
  console.log(
    `${part.padEnd(16)} ${kB.toFixed(1).padStart(7)} kB gzip  (at most ${budget})${kB > budget ? '  TOO LARGE' : ''}`,
  )
}
if (rows.some(({ kB, budget }) => kB > budget)) process.exit(1)
