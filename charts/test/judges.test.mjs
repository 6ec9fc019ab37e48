import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse, stringify } from 'yaml'
import { breachesOfSchemas, kubernetesVersions } from './kubernetes/conform.mjs'
import { inPairs, isOurs, render } from './rendering.mjs'
import { ways } from './ways.mjs'

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname
const root = join(here, '../..')
const waivers = parse(readFileSync(join(here, 'waivers.yaml'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-judged-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const programOf = (judge) => process.env[judge.toUpperCase().replace('-', '_')]

/** A test with a judge, which is skipped aloud where the judge could not be installed. */
const judged = (judge, act) =>
  test(`${judge} finds nothing`, { skip: programOf(judge) ? false : 'it is not there, and could not be installed' }, act)

/** What the judge prints; it may find something, but it must have run. */
function ask(judge, args, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(programOf(judge), args, { cwd: root, maxBuffer: 1 << 27 }, (error, stdout, stderr) => {
      if (error && (typeof error.code !== 'number' || (!stdout && !stderr))) reject(error)
      else resolve({ stdout, stderr, found: Boolean(error) })
    })
    child.stdin.end(input)
  })
}

const rendered = Object.fromEntries(
  await inPairs(Object.entries(ways), async ([way, { args }]) => [way, await render(...args)]),
)
const used = new Set()

/** Judges read YAML 1.1, where a plain "off" is no text. */
const textOf = (objects) => objects.map((object) => stringify(object, { version: '1.1' })).join('---\n')

/** Findings that no waiver covers; each is {check, at, says}. */
function kept(findings) {
  return findings.flatMap(({ check, at, says }) => {
    const waiver = waivers.find(({ checks, at: where }) => checks.includes(check) && new RegExp(where).test(at))
    if (!waiver) return [`${check} ${at}: ${says}`]
    used.add(check)
    return []
  })
}

judged('kube-score', async () => {
  const findings = []
  for (const [way, objects] of Object.entries(rendered)) {
    const own = new Set(objects.filter(isOurs).map(({ kind, metadata }) => `${kind} ${metadata.name}`))
    const args = ['score', '--kubernetes-version', 'v1.30', '--enable-optional-test', 'container-seccomp-profile', '-o', 'json', '-']
    const { stdout, stderr } = await ask('kube-score', args, textOf(objects))
    assert.ok(stdout, stderr)
    const scored = JSON.parse(stdout)
    assert.ok(scored.length > 10, `${way}: kube-score saw next to nothing`)
    for (const { type_meta: { kind }, object_meta: { name }, checks } of scored) {
      if (!own.has(`${kind} ${name}`)) continue
      for (const { check, grade, skipped, comments } of checks) {
        if (skipped || grade >= 10) continue
        const says = comments?.map(({ path, summary }) => `${path} ${summary}`.trim()).join('; ') ?? ''
        findings.push({ check: `kube-score/${check.id}`, at: `${way}: ${kind} ${name}`, says })
      }
    }
  }
  assert.deepEqual(kept(findings), [])
})

judged('checkov', async () => {
  const at = {}
  for (const [way, objects] of Object.entries(rendered)) {
    const text = textOf(objects.filter(isOurs))
    const file = `${createHash('sha1').update(text).digest('hex')}.yaml`
    at[file] = way
    writeFileSync(join(folder, file), text)
  }
  const { stdout } = await ask('checkov', ['--framework', 'kubernetes', '-d', folder, '-o', 'json', '--compact', '--quiet', '--skip-download'])
  const { results, summary } = JSON.parse(stdout)
  assert.ok(summary.passed > 1000, 'checkov saw next to nothing')
  const findings = results.failed_checks.map(({ check_id, check_name, resource, file_path }) => {
    const [kind, , ...name] = resource.split('.')
    return { check: `checkov/${check_id}`, at: `${at[file_path.replace('/', '')]}: ${kind} ${name.join('.')}`, says: check_name }
  })
  assert.deepEqual(kept(findings), [])
})

test('each of at most three waivers is needed and has its reason', (t) => {
  const needless = waivers.flatMap(({ checks }) => checks.filter((check) => programOf(check.split('/')[0]) && !used.has(check)))
  t.diagnostic(`counted: waivers of findings of the judges: ${waivers.length}, of 3 at the most`)
  assert.deepEqual(needless, [])
  assert.ok(waivers.length <= 3 && waivers.every(({ why }) => why.length > 50))
})

test('every object of every way keeps the schemas of Kubernetes', async (t) => {
  assert.deepEqual(await breachesOfSchemas(Object.values(rendered).flat()), [])
  t.diagnostic(`counted: ways of values/ that keep the schemas of Kubernetes ${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}: ${Object.keys(ways).length} of ${Object.keys(ways).length}`)
})

for (const [judge, args] of Object.entries({
  yamllint: ['--strict', '-c', 'charts/test/yamllint.yaml', 'charts', 'values', '.github', 'make'],
  actionlint: ['-no-color'],
  hadolint: ['--no-color', 'backend/Dockerfile', 'frontend/Dockerfile'],
})) {
  judged(judge, async () => {
    const { stdout, stderr, found } = await ask(judge, args)
    assert.ok(!found, stdout + stderr)
  })
}
