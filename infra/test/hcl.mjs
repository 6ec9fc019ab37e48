// What the checks read out of HCL: enough of it for files of ours, which "fmt" keeps in one form.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every file below a folder that ends so, with its text. */
export function files(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.parentPath.includes('.terraform'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, name: relative(folder, path), text: readFileSync(path, 'utf8') }))
}

/** Blocks at the top of a file: { kind, labels, body, line } each, with `body` as lines. */
export function blocks(text) {
  const found = []
  text.split('\n').forEach((line, index) => {
    const head = line.match(/^(\w+)((?: "[^"]+")*) \{(\})?$/)
    if (head) found.push({ kind: head[1], labels: [...head[2].matchAll(/"([^"]+)"/g)].map((m) => m[1]), body: [], line: index + 1 })
    else if (found.length > 0 && line !== '}') found.at(-1).body.push(line)
  })
  return found
}

/** The value of an argument at the top of a block, as it is written. */
export const argument = (block, name) => block.body.join('\n').match(new RegExp(`^  ${name} += (.*)$`, 'm'))?.[1]

/** Folders that hold *.tf files, relative to the given one. */
export const roots = (folder) => [...new Set(files(folder, '.tf').map(({ name }) => name.replace(/\/[^/]+$/, '')))]
