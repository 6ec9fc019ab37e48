// Renders the chart as a user would, in a temporary copy whose sub-charts are small stand-ins of ours.
//
//   HELM                   the helm to use; else the one on the path
//   WHEELHOUSE_CHARTS_DIR  a folder with the real sub-charts, unpacked or as archives, to render on those instead

import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse, parseAllDocuments } from 'yaml'
import { withApiServer } from './api-server.mjs'

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname
export const chartSource = join(here, '../wheelhouse')
export const valuesFolder = join(here, '../../values')

const copy = mkdtempSync(join(tmpdir(), 'wheelhouse-chart-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
cpSync(chartSource, copy, { recursive: true, filter: (path) => path !== join(chartSource, 'charts') })
cpSync(process.env.WHEELHOUSE_CHARTS_DIR ?? join(here, 'stand-ins'), join(copy, 'charts'), { recursive: true })

const run = promisify(execFile)

/** Helm lives for a third of a second: collecting garbage would be a fifth of its work. */
const surroundings = { ...process.env, KUBECONFIG: '/dev/null', GOGC: 'off' }

/** Runs helm on the copy; without a cluster, unless `more` names one. */
export function helm(command, ...more) {
  // Helm knows of a default cluster that is as old as the Helm: ask for the one that is meant.
  if (command[0] === 'template' && !more.includes('--kube-version')) more.push('--kube-version', '1.34.0')
  const environment = { ...surroundings, HELM_CACHE_HOME: join(copy, '.cache') }
  return run(process.env.HELM ?? 'helm', [...command, copy, ...more], { env: environment, maxBuffer: 1 << 26 })
}

/** Renders a chart of somebody else's that has ours among its dependencies, with these values. */
export async function renderWithin(values) {
  const parent = mkdtempSync(join(copy, '../wheelhouse-parent-'))
  try {
    cpSync(copy, join(parent, 'charts/wheelhouse'), { recursive: true })
    const dependency = { name: 'wheelhouse', version: parse(readChartFile('Chart.yaml')).version, condition: 'wheelhouse.enabled' }
    writeFileSync(join(parent, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies: [dependency] }))
    writeFileSync(join(parent, 'values.yaml'), JSON.stringify(values))
    const args = ['template', 'rel', parent, '--namespace', 'place', '--kube-version', '1.34.0']
    const { stdout } = await run(process.env.HELM ?? 'helm', args, { env: surroundings, maxBuffer: 1 << 26 })
    return parseAllDocuments(stdout, { version: '1.1' }).map((document) => document.toJS()).filter((object) => object !== null)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

/** The files of values/ by name, as arguments. */
export const files = (...names) => names.flatMap((name) => ['-f', join(valuesFolder, `${name}.yaml`)])

/** Single settings, as arguments. */
export const set = (...settings) => settings.flatMap((setting) => ['--set', setting])

/** All objects of a release, those of "helm test" too. */
export const render = (...args) => renderAs('rel', 'place', ...args)

/** The same under other names. As the API server reads it: YAML 1.1, where more words are no text than in 1.2. */
export async function renderAs(release, namespace, ...args) {
  const { stdout } = await helm(['template', release], '--namespace', namespace, ...args)
  return parseAllDocuments(stdout, { version: '1.1' }).map((document) => document.toJS()).filter((object) => object !== null)
}

/** The same, looked up on a cluster that has these objects, by path. */
export const onCluster = (there, ...args) =>
  withApiServer(there, async (address) => {
    const { stdout } = await helm(
      ['template', 'rel'],
      ...['--namespace', 'place', '--dry-run=server', '--kube-apiserver', address, '--disable-openapi-validation'],
      ...args,
    )
    return parseAllDocuments(stdout).map((document) => document.toJS()).filter(Boolean)
  })

/** Two thirds of a rendering is the schema: for values that have met it already. */
export const unchecked = '--skip-schema-validation'

/** What helm says where it does not render. */
export async function refusal(...args) {
  try {
    await helm(['template', 'rel'], ...args)
  } catch (error) {
    return error.stderr
  }
  throw new Error(`helm rendered what it should have refused: ${args.join(' ')}`)
}

/** What helm says to these values, or nothing where it renders them. */
export async function refusalOf(values, ...args) {
  try {
    await helm(['template', 'rel'], ...args, '-f', valuesFile(values))
  } catch (error) {
    return error.stderr
  }
}

let written = 0

/** A values file that holds just these. */
export function valuesFile(values) {
  const path = join(copy, `.values-${written++}.json`)
  writeFileSync(path, JSON.stringify(values))
  return path
}

/** Does something for every item, two at a time, because every helm is a process; the answers in the order of the items. */
export async function inPairs(items, act) {
  const answers = []
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const at = next++
      answers[at] = await act(items[at], at)
    }
  }
  await Promise.all([work(), work()])
  return answers
}

export function readChartFile(name, otherwise) {
  const path = join(chartSource, name)
  return otherwise !== undefined && !existsSync(path) ? otherwise : readFileSync(path, 'utf8')
}

/** The defaults of a sub-chart, unpacked or as an archive. */
export async function subChartValues(name) {
  const place = readdirSync(join(copy, 'charts')).find((file) => file === name || (file.startsWith(`${name}-`) && file.endsWith('.tgz')))
  const { stdout } = await run(process.env.HELM ?? 'helm', ['show', 'values', join(copy, 'charts', place)], { env: surroundings, maxBuffer: 1 << 24 })
  return parse(stdout)
}

export const ofKind = (objects, kind) => objects.filter((object) => object.kind === kind)

export const isOurs = (object) => object.metadata.labels?.['app.kubernetes.io/part-of'] === 'wheelhouse'
