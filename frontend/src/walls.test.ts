import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** What each folder may import besides itself. A word has one row; who adds a word adds a row. */
const ground = ['api', 'ui']
const table: Record<string, string[]> = {
  ui: [],
  api: [],
  events: ground,
  agents: [...ground, 'definitions', 'events'],
  approvals: [...ground, 'events'],
  budgets: ground,
  collections: ground,
  definitions: ground,
  graph: ground,
  keys: [...ground, 'settings'],
  memories: ground,
  models: [...ground, 'agents'],
  playground: [...ground, 'agents', 'events'],
  reference: ground,
  runs: [...ground, 'approvals', 'budgets', 'events', 'graph'],
  secrets: [...ground, 'settings'],
  settings: ground,
  'sign-in': ground,
  status: ground,
  threads: [...ground, 'approvals', 'collections', 'events', 'runs'],
  tools: [...ground, 'agents'],
  triggers: [...ground, 'definitions'],
  usage: ground,
  webhooks: ground,
  workflows: [...ground, 'definitions', 'graph'],
  shell: ground,
  testing: ['api'],
  styles: [],
}
const words = Object.keys(table).filter(
  (folder) => !['ui', 'api', 'events', 'shell', 'testing', 'styles'].includes(folder),
)
const WARN_LINES = 300
const MOST_LINES = 400

const src = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|tsx|css)$/.test(file) && !file.includes('generated/'))
  .toSorted()
const code = files.filter((file) => !file.endsWith('.css'))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const isTest = (file: string) => file.endsWith('.test.ts')
const isPage = (file: string) => file.endsWith('Page.tsx') && words.includes(folderOf(file))

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')
const nameOf = (file: string) => file.slice(file.lastIndexOf('/') + 1)
const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')

type Import = { from: string; written: string; to: string }

/** Static, type-only and lazy imports alike: each of them ties two files together. */
const imports: Import[] = code.flatMap((from) =>
  [...withoutComments(textOf(from)).matchAll(/(?:\bfrom |\bimport |\bimport\()'((?:#\/|\.)[^']*)'/g)].map(
    ([, written]) => {
      const path = written!.startsWith('#/') ? written!.slice(2) : normalize(join(dirname(from), written!))
      const to = ['', '.ts', '.tsx'].map((end) => path + end).find((file) => files.includes(file))
      return { from, written: written!, to: to ?? path }
    },
  ),
)
const said = (list: Import[]) => list.map(({ from, written }) => `${from} imports ${written}`)

describe('the walls of the console', () => {
  test('every_folder_has_its_row', () => {
    const folders = [...new Set(files.map(folderOf))].filter((folder) => folder !== '')

    expect(folders.toSorted()).toEqual(Object.keys(table).toSorted())
  })

  test('every_import_finds_its_file', () => {
    const lost = imports.filter(({ to }) => !files.includes(to) && !to.includes('generated/'))

    expect(said(lost)).toEqual([])
  })

  test('a_folder_imports_only_what_its_row_allows', () => {
    const crossing = imports.filter(({ from, to }) => {
      const [here, there] = [folderOf(from), folderOf(to)]
      if (here === '' || here === there || to.includes('generated/')) return false
      return !table[here]!.includes(there) && !(isTest(from) && there === 'testing')
    })

    expect(said(crossing)).toEqual([])
  })

  test('the_table_itself_has_no_circle', () => {
    expect(circlesIn((folder) => table[folder] ?? [], Object.keys(table))).toEqual([])
  })

  test('no_file_reaches_itself_through_its_imports', () => {
    const next = (file: string) => imports.filter(({ from }) => from === file).map(({ to }) => to)

    expect(circlesIn(next, code)).toEqual([])
  })

  test('only_the_routes_know_pages', () => {
    const known = imports.filter(({ from, to }) => isPage(to) && from !== 'routes.tsx')

    expect(said(known)).toEqual([])
  })

  test('within_a_folder_imports_begin_with_a_dot_across_folders_with_a_hash', () => {
    const odd = imports.filter(({ from, to, written }) =>
      folderOf(from) === folderOf(to) && !to.includes('generated/')
        ? !written.startsWith('./')
        : written.startsWith('..'),
    )

    expect(said(odd)).toEqual([])
  })

  test('ui_knows_no_domain_word', () => {
    const domain = /(agent|thread|approval|budget|workflow|tenant|collection)|\b(runs?|tools?|models?)\b/i
    const knowing = code
      .filter((file) => folderOf(file) === 'ui' && !isTest(file))
      .flatMap((file) =>
        withoutComments(textOf(file))
          .split('\n')
          .filter((line) => domain.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      )

    expect(knowing).toEqual([])
  })

  test('only_api_knows_addresses_and_cache_keys', () => {
    const outside = code.filter((file) => folderOf(file) !== 'api' && !isTest(file))
    const keys = outside.filter((file) => /\bqueryKey\b|\binvalidateQueries\b|\bsetQueryData\b/.test(textOf(file)))
    const addresses = imports.filter(
      ({ from, to }) => to === 'api/paths.ts' && !['api', 'events'].includes(folderOf(from)),
    )

    expect(keys).toEqual([])
    expect(said(addresses)).toEqual([])
  })

  test('rules_of_a_part_stand_beside_it_and_are_imported_by_it_alone', () => {
    const wrong = files
      .filter((file) => file.endsWith('.css') && folderOf(file) !== 'styles')
      .filter((file) => {
        const owners = imports.filter(({ to }) => to === file).map(({ from }) => from)
        return (
          owners.length !== 1 || folderOf(owners[0]!) !== folderOf(file) || kebab(nameOf(owners[0]!)) !== nameOf(file)
        )
      })

    expect(wrong).toEqual([])
    expect(said(imports.filter(({ from, to }) => folderOf(to) === 'styles' && from !== 'main.tsx'))).toEqual([])
  })

  test('no_file_outgrows_its_reader', () => {
    const long = files
      .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > WARN_LINES)
    for (const { file, lines } of long) console.warn(`${file} has ${lines} lines; look at it again from ${WARN_LINES}`)

    expect(long.filter(({ lines }) => lines > MOST_LINES)).toEqual([])
  })
})

const kebab = (name: string) =>
  name
    .replace(/\.tsx?$/, '.css')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()

/** Every circle once, written as the way around it. */
function circlesIn(next: (node: string) => string[], nodes: string[]): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const walk = (node: string, path: string[]) => {
    const at = path.indexOf(node)
    if (at >= 0) return void found.push([...path.slice(at), node].join(' → '))
    if (done.has(node)) return
    for (const to of next(node)) walk(to, [...path, node])
    done.add(node)
  }
  for (const node of nodes) walk(node, [])
  return found
}
