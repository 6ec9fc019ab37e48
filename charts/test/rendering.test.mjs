import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { withApiServer } from './api-server.mjs'
import { files, helm, isOurs, ofKind, readChartFile, render, set } from './rendering.mjs'
import * as rules from './rules.mjs'
import { sizeOf } from './size.mjs'
import { baseOf, prod, textOf, valuesNames, ways } from './ways.mjs'

for (const [way, { args, outside }] of Object.entries(ways)) {
  test(`${way}: every rule holds`, async () => {
    const objects = await render(...args)

    const breaches = Object.entries(rules).flatMap(([name, rule]) => (name === 'pods' ? [] : rule(objects, outside)))

    assert.deepEqual(breaches, [])
    assert.ok(objects.filter(isOurs).length >= 10, 'there is something to hold the rules against')
  })
}

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

const merged = (below, above) =>
  isMap(below) && isMap(above)
    ? Object.fromEntries([...new Set([...Object.keys(below), ...Object.keys(above)])].map((key) => [key, key in above ? merged(below[key], above[key]) : below[key]]))
    : above

/** Keys of `above` that say what is so already; sizes are told whole, so that they can be read. */
function repeated(below, above, path = []) {
  if (isMap(above) && isMap(below) && path.at(-1) !== 'resources') return Object.entries(above).flatMap(([key, value]) => (key in below ? repeated(below[key], value, [...path, key]) : []))
  return JSON.stringify(below) === JSON.stringify(above) ? [path.join('.')] : []
}

test('values files hold differences only', () => {
  const defaults = parse(readChartFile('values.yaml'))
  const needless = valuesNames.flatMap((name) => {
    const base = baseOf(name)
    const below = base ? merged(defaults, parse(textOf(base))) : defaults
    return repeated(below, parse(textOf(name))).map((key) => `values/${name}.yaml: ${key}`)
  })
  assert.deepEqual(needless, [])
})

test('helm lint --strict finds nothing in any way', async () => {
  for (const [way, { args }] of Object.entries(ways)) {
    const { stdout } = await helm(['lint', '--strict'], ...args)
    assert.match(stdout, /0 chart\(s\) failed/, way)
  }
})

for (const environment of ['dev', 'prod']) {
  test(`${environment}: the notes say how to open, sign in and check, and what is frozen upstream`, async () => {
    const { stdout } = await withApiServer({}, (address) =>
      helm(['install', '--dry-run=client', 'rel'], '--kube-apiserver', address, '--disable-openapi-validation', ...ways[environment].args),
    )
    const notes = stdout.split('NOTES:')[1]
    for (const said of ['Open the console', 'get secret rel-wheelhouse-key', 'helm test rel', 'demo model', 'retired upstream', '"latest" only']) {
      assert.ok(notes.includes(said), `the notes do not say: ${said}`)
    }
  })
}

test('the backend finds the bundled Postgres by the names its chart gives', async () => {
  for (const [args, host] of [
    [[], 'rel-postgresql'],
    [set('postgresql.architecture=replication', 'postgresql.image.tag=18.6.0'), 'rel-postgresql-primary'],
    [set('postgresql.fullnameOverride=pg'), 'pg'],
  ]) {
    const [backend] = rules.pods(ofKind(await render(...args, ...set('postgresql.primary.networkPolicy.enabled=true')), 'Deployment').filter((one) => one.metadata.name.endsWith('-backend')))
    const variables = Object.fromEntries(backend.spec.containers[0].env.map((one) => [one.name, one.value]))
    assert.equal(variables.DATABASE_HOST, host)
    assert.equal(variables.DATABASE_NAME, 'wheelhouse')
    assert.equal(backend.labels[`${host}-client`], 'true')
  }
})

test('a change of a setting starts the backend anew, and a new version alone does not change its labels', async () => {
  const templateOf = async (...args) =>
    ofKind(await render(...args), 'Deployment').find((one) => one.metadata.name.endsWith('-backend')).spec.template
  const before = await templateOf()
  const after = await templateOf(...set('runs.atOnce=7'))
  assert.notEqual(before.metadata.annotations['checksum/settings'], after.metadata.annotations['checksum/settings'])
  assert.ok(!Object.keys(before.metadata.labels).some((label) => /version|chart/.test(label)))
})

test('replicas are left to the autoscaler where there is one', async () => {
  const backend = ofKind(await render(...prod), 'Deployment').find((one) => one.metadata.name.endsWith('-backend'))
  assert.equal(backend.spec.replicas, undefined)
})

test('dev asks for no more than 0.4 vCPU and 1 GiB', async (t) => {
  const { requests } = sizeOf(await render(...files('dev')))
  t.diagnostic(`counted: values/dev.yaml asks for ${requests.cpu.toFixed(2)} of 0.4 vCPU and ${requests.memory.toFixed(2)} of 1 GiB`)
  assert.ok(requests.cpu <= 0.4 && requests.memory <= 1, JSON.stringify(requests))
})

test('the Ingress keeps streams open and brings the API to the backend and pages to the console', async () => {
  const [ingress] = ofKind(await render(), 'Ingress')
  const to = Object.fromEntries(ingress.spec.rules[0].http.paths.map((path) => [path.path, path.backend.service.name]))
  assert.equal(ingress.metadata.annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'], '3600')
  assert.equal(ingress.metadata.annotations['nginx.ingress.kubernetes.io/proxy-buffering'], 'off')
  for (const path of ['/api', '/v1', '/chat', '/info', '/openapi.json', '/problems', '/ready']) {
    assert.equal(to[path], 'rel-wheelhouse-backend')
  }
  assert.equal(to['/'], 'rel-wheelhouse-frontend')
})

test('names that are too long for Kubernetes are cut', async () => {
  const objects = await render(...set(`fullnameOverride=${'n'.repeat(40)}`))
  assert.deepEqual(objects.filter((object) => object.metadata.name.length > 63), [])
})
