// What is made from the chart's values, and from the backend's words: written by "make gen-chart", and held to what would be written by a test.

import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { dashboardText, dashboards } from './dashboards.mjs'
import { readmeWith } from './readme.mjs'
import { schemaText } from './schema.mjs'
import { wordsText } from './words.mjs'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..')
const inRoot = (path) => join(root, path)

function read(path, otherwise) {
  try {
    return readFileSync(inRoot(path), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' && otherwise !== undefined) return otherwise
    throw error
  }
}

const valuesYaml = () => read('charts/wheelhouse/values.yaml')

/** Each file with the function that makes its text. */
export const made = {
  'charts/wheelhouse/values.schema.json': () => schemaText(valuesYaml(), read('charts/wheelhouse/known.yaml', '')),
  'charts/wheelhouse/words.yaml': () =>
    wordsText(read('backend/src/main/java/dev/wheelhouse/agents/DefinitionReader.java')),
  'charts/wheelhouse/README.md': () => readmeWith(read('charts/wheelhouse/README.md', ''), valuesYaml()),
  ...Object.fromEntries(
    Object.keys(dashboards).map((name) => [`charts/wheelhouse/files/dashboards/${name}.json`, () => dashboardText(name)]),
  ),
  // On other sub-charts they would be others. They render the chart, so they come after its schema, and load then only.
  ...(!process.env.WHEELHOUSE_CHARTS_DIR && {
    'docs/chart-cost.md': async () => (await import('./cost.mjs')).costPage(),
    'images.txt': async () => (await import('./images.mjs')).imageList(),
  }),
}

/** The files whose text is not the one that would be made. */
export async function stale() {
  const old = []
  for (const [path, make] of Object.entries(made)) {
    if (read(path, '') !== (await make())) old.push(path)
  }
  return old
}

if (process.argv[1]?.endsWith('/made/files.mjs')) {
  // One by one: what comes later renders the chart, which the schema made before lets pass.
  for (const [path, make] of Object.entries(made)) {
    const text = await make()
    if (read(path, '') === text) continue
    writeFileSync(inRoot(path), text)
    console.log(`${relative(process.cwd(), inRoot(path))} made anew.`)
  }
}
