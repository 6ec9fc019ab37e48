import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { chartSource, inPairs, render, valuesFolder } from './rendering.mjs'

const root = join(chartSource, '../..')
const clouds = readdirSync(join(root, 'docs/clouds')).map((name) => `docs/clouds/${name}`)
const pages = ['docs/chart.md', 'docs/operations.md', 'docs/backup.md', 'docs/gitops.md', ...clouds, 'docs/images.md', 'UPGRADING.md', 'charts/wheelhouse/README.md']

/** Who runs what the pages tell people to run: tests of the chart, and of a cluster (e2e/cluster). */
const runBy = {
  'helm test': 'install, releases',
  'make doctor': 'operations, releases',
  'make upgrade': 'operations, releases',
  'make dump': 'releases',
  'make restore': 'releases',
  'make database-owner': 'releases',
  'make support-bundle': 'operations',
  'make e2e-cluster': 'itself',
  'make package': 'package',
  'helm push': 'package',
  'kubectl apply --server-side': 'gitops',
  'kubectl create namespace': 'gitops',
  'kubectl -n wheelhouse create secret generic wheelhouse-secrets': 'gitops',
}

/** The commands of a page by section, each on one line. A section marks all of its own, or names them: "Not run by a test: `make images`." */
function commandsOf(page) {
  const text = readFileSync(join(root, page), 'utf8')
  return text.split(/^(?=## )/m).flatMap((section) => {
    const marked = /(are|is) not run by a test/.test(section) ? [''] : [...section.matchAll(/^Not run by a test: ([^.]+)\./gm)].flatMap(([, named]) => [...named.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block.replace(/ \\\n\s*/g, ' '))
    return blocks.flatMap((block) => block.split('\n').filter(Boolean)).map((line) => ({ page, line, marked }))
  })
}

const commands = pages.flatMap(commandsOf)
const parts = ({ line }) => line.replace(/\s#\s.*/, '').split(/ && | \| /)
const isRendered = (part) => /^helm (upgrade|template) .*charts\/wheelhouse/.test(part)
const isMarked = ({ marked }, part) => marked.some((name) => part.startsWith(name))
const isRun = (part) => isRendered(part) || Object.keys(runBy).some((command) => part.startsWith(command))

/** What of a command line is about values; quoted words are whole. */
function valuesIn(part) {
  const words = part.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g).map((word) => word.replace(/['"]/g, ''))
  return words.flatMap((word, at) => {
    if (word === '-f') return ['-f', join(root, words[at + 1])]
    return /^--set(-string|-json)?$/.test(word) ? [word, words[at + 1]] : []
  })
}

test('what the pages tell people to run is run by a test, or is marked', () => {
  const untold = commands.filter((one) => !parts(one).every((part) => isRun(part) || isMarked(one, part))).map(({ page, line }) => `${page}: ${line}`)
  assert.deepEqual(untold, [])
})

test('every install that the pages show renders as it is written', async (t) => {
  const installs = commands.flatMap((one) => parts(one).filter(isRendered).map((part) => ({ page: one.page, part })))
  const wrong = (
    await inPairs(installs, async ({ page, part }) => {
      try {
        await render(...valuesIn(part))
      } catch (error) {
        return `${page}: ${part}: ${error.stderr ?? error}`
      }
    })
  ).filter(Boolean)
  assert.deepEqual(wrong, [])
  t.diagnostic(`counted: installs of the pages that render: ${installs.length}; commands of the pages: ${commands.length}, of them marked as not run: ${commands.filter((one) => parts(one).some((part) => isMarked(one, part) && !isRun(part))).length}`)
  assert.ok(installs.length >= 6)
})

test('files of values/ that the pages name by make are there', async () => {
  const named = commands.flatMap(({ line }) => [...line.matchAll(/^make .*VALUES="?([a-z -]+)"?/g)].flatMap(([, names]) => names.trim().split(' ')))
  assert.ok(named.length > 0)
  for (const name of named) assert.ok(readFileSync(join(valuesFolder, `${name}.yaml`), 'utf8'))
})
