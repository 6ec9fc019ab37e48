import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { parse } from 'yaml'
import { stale } from './made/files.mjs'
import { rowsOf } from './made/readme.mjs'
import { keysOf } from './made/values.mjs'
import { readChartFile, refusal, set } from './rendering.mjs'

const isOpen = /^\/properties\/(global|postgresql|ingress-nginx)/

const refused = {
  'a misspelt key at the top': [['ingres.enabled=true'], /'ingres' not allowed/],
  'a misspelt key inside': [['backend.replcaCount=2'], /\/backend.*'replcaCount' not allowed/],
  'a word that is no choice': [['auth.mode=key'], /one of 'keys', 'none'/],
  'a Service without keys': [['auth.mode=none'], /auth\.mode is "none".*Set auth\.mode to "keys", or auth\.allowOpen/],
  'no database at all': [['postgresql.enabled=false'], /database\.host is empty and postgresql\.enabled is false/],
  'two databases': [['database.host=db'], /postgresql\.enabled is true, and database\.host or .* names another/],
  'a mirror that the bundled Postgres would refuse': [['global.imageRegistry=mirror.local'], /allowInsecureImages to true/],
  'more at the least than at the most': [
    ['backend.autoscaling.enabled=true', 'backend.autoscaling.minReplicas=9'],
    /minReplicas is 9, more than backend\.autoscaling\.maxReplicas, which is 6/,
  ],
  'a kill in mid hand-over': [['runs.stopping=30s'], /terminationGracePeriodSeconds is 40.*Set it to 45 or more/],
  'a controller with nothing to do': [['ingress.enabled=false'], /ingress-nginx\.enabled is true, but ingress\.enabled is false/],
  'a class that nobody serves': [['ingress.className=traefik'], /bundled controller serves "rel"/],
  'TLS without a name': [['ingress.tls[0].secretName=tls'], /ingress\.hosts is empty, but TLS needs host names\. Set ingress\.hosts/],
  'a route without a Gateway': [['gateway.enabled=true'], /gateway\.parentRefs is empty/],
  'a model server without a model': [['models.server.url=http://vllm:8000/v1'], /models\.server\.name is empty/],
  'a misspelt word of an agent': [
    ['definitions.bot.modle=default', 'definitions.bot.instructions=Help'],
    /definitions\.bot has "modle".*Did you mean "model"\?/,
  ],
  'a setting in two places': [['backend.settings.runs.at-once=4'], /Set runs\.atOnce instead/],
}

for (const [what, [settings, sentence]] of Object.entries(refused)) {
  test(`${what} is refused by name`, async () => {
    assert.match(await refusal(...set(...settings)), sentence)
  })
}

test('settings that contradict each other are refused together', async () => {
  const said = await refusal(...set('auth.mode=none', 'postgresql.enabled=false', 'ingress.className=traefik', 'definitions.bot.toools=x'))
  assert.match(said, /These values cannot work together \(6\)/)
  for (const key of ['auth.mode', 'database.host', 'database.existingSecret', 'ingress.className', '"toools"', 'no instructions']) {
    assert.ok(said.includes(key), `${key} is not named in:\n${said}`)
  }
})

test('what is made from values.yaml is as it would be made now: else "make gen-chart"', async () => {
  assert.deepEqual(await stale(), [])
})

test('every key has a text', () => {
  const untold = rowsOf(keysOf(readChartFile('values.yaml'))).filter(({ hasKeys, text }) => !hasKeys && !text)
  assert.deepEqual(untold.map(({ path }) => path.join('.')), [])
})

test('the schema is closed at every level of ours and refers to nothing outside', () => {
  const loose = []
  const visit = (node, path) => {
    if (node === null || typeof node !== 'object') return
    if (node.$ref && !node.$ref.startsWith('#/$defs/')) loose.push(`${path} refers to ${node.$ref}`)
    if (node.properties && node.additionalProperties !== false && !isOpen.test(path) && !path.startsWith('/if')) loose.push(path)
    for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`)
  }
  visit(JSON.parse(readChartFile('values.schema.json')), '')
  assert.deepEqual(loose, [])
})

test('the lock belongs to the dependencies, which are exact', () => {
  const { dependencies: asked } = parse(readChartFile('Chart.yaml'))
  const lock = parse(readChartFile('Chart.lock'))
  const plain = ({ name, version, repository, condition }) => ({ name, version, repository, condition })

  const text = JSON.stringify([asked.map(plain), lock.dependencies.map(plain)])

  assert.equal(lock.digest, `sha256:${createHash('sha256').update(text).digest('hex')}`)
  for (const dependency of asked) assert.match(dependency.version, /^\d+\.\d+\.\d+$/)
})

test('Artifact Hub is told of the images that are needed, and of what changed', () => {
  const { annotations, appVersion } = parse(readChartFile('Chart.yaml'))
  const needed = readChartFile('../../images.txt').split('\n').filter((line) => line && !line.startsWith('#'))

  assert.deepEqual(parse(annotations['artifacthub.io/images']).map(({ image }) => image).sort(), needed)
  assert.ok(needed.includes(`wheelhouse-backend:${appVersion}`))
  for (const change of parse(annotations['artifacthub.io/changes'])) {
    assert.match(change.kind, /^(added|changed|deprecated|removed|fixed|security)$/)
    assert.ok(change.description)
  }
})

test('values of an older version, as --reuse-values takes them, are told the flag that adds the new keys', async () => {
  const said = await refusal('--set-json', 'backend.heapPercent=null')
  assert.match(said, /at '\/backend': missing property 'heapPercent'/)
  assert.match(said, /--reuse-values takes those of the old version, without the new keys; use --reset-then-reuse-values/)
})
