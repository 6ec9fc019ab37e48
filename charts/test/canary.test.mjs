import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, ofKind, refusal, render, set } from './rendering.mjs'

const on = set('backend.canary.enabled=true', 'backend.canary.image.tag=9.9')
const byName = (objects, kind) => Object.fromEntries(ofKind(objects, kind).map((one) => [one.metadata.name, one]))
const [stable, canary] = ['rel-wheelhouse-backend', 'rel-wheelhouse-backend-canary']

test('a canary has Pods, a Service and an image of its own, and shares everything else', async () => {
  const objects = await render(...on)
  const deployments = byName(objects, 'Deployment')
  const services = byName(objects, 'Service')
  for (const [name, track] of [[stable, 'stable'], [canary, 'canary']]) {
    assert.equal(deployments[name].spec.selector.matchLabels.track, track)
    assert.equal(deployments[name].spec.template.metadata.labels.track, track)
    assert.equal(services[name].spec.selector.track, track)
  }
  const pod = (name) => deployments[name].spec.template.spec
  assert.match(pod(canary).containers[0].image, /wheelhouse-backend:9\.9$/)
  const same = structuredClone(pod(canary))
  same.containers[0].image = pod(stable).containers[0].image
  assert.deepEqual(same, pod(stable))
  for (const policy of ofKind(objects, 'NetworkPolicy')) assert.ok(!policy.spec.podSelector.matchLabels?.track, policy.metadata.name)
})

test("a canary's image is the backend's but for what is said of it", async () => {
  const imageOf = async (...more) => byName(await render(...on, ...set('backend.image.registry=registry.example', 'backend.image.repository=acme/agents', `backend.image.digest=sha256:${'a'.repeat(64)}`, ...more)), 'Deployment')[canary].spec.template.spec.containers[0].image
  assert.equal(await imageOf(), 'registry.example/acme/agents:9.9')
  assert.equal(await imageOf('backend.canary.image.repository=acme/next'), 'registry.example/acme/next:9.9')
  assert.equal(await imageOf(`backend.canary.image.digest=sha256:${'b'.repeat(64)}`), `registry.example/acme/agents@sha256:${'b'.repeat(64)}`)
})

test('without a canary the Service leads to every track, as it did', async () => {
  const objects = await render()
  assert.equal(byName(objects, 'Service')[stable].spec.selector.track, undefined)
  assert.equal(byName(objects, 'Deployment')[canary], undefined)
  assert.equal(ofKind(objects, 'Ingress').length, 1)
})

test("ingress-nginx shares by weight and header, on the backend's paths of the same hosts", async () => {
  const ingresses = byName(await render(...on, ...set('backend.canary.weight=25', 'backend.canary.header=X-Canary', 'ingress.hosts[0]=w.example.org')), 'Ingress')
  const { metadata, spec } = ingresses['rel-wheelhouse-canary']
  assert.equal(metadata.annotations['nginx.ingress.kubernetes.io/canary'], 'true')
  assert.equal(metadata.annotations['nginx.ingress.kubernetes.io/canary-weight'], '25')
  assert.equal(metadata.annotations['nginx.ingress.kubernetes.io/canary-by-header'], 'X-Canary')
  const own = ingresses['rel-wheelhouse'].spec.rules[0].http.paths.filter(({ backend }) => backend.service.name === stable)
  assert.equal(spec.rules[0].host, 'w.example.org')
  assert.deepEqual(spec.rules[0].http.paths, own.map((path) => ({ ...path, backend: { service: { name: canary, port: { name: 'http' } } } })))
})

test('a Gateway shares by weight, and whoever sends the header gets the canary', async () => {
  const [route] = ofKind(await render(...files('dev', 'gateway'), ...on, ...set('backend.canary.header=X-Canary')), 'HTTPRoute')
  const to = (rule) => rule.backendRefs.map(({ name, weight }) => [name, weight])
  const asked = route.spec.rules.filter(({ matches }) => matches.every(({ headers }) => headers))
  assert.ok(asked.length > 0 && asked.every((rule) => to(rule).length === 1 && to(rule)[0][0] === canary))
  const shared = route.spec.rules.filter(({ backendRefs }) => backendRefs.some(({ name }) => name === stable))
  for (const rule of shared) assert.deepEqual(to(rule), [[stable, 90], [canary, 10]])
  for (const { matches } of route.spec.rules) assert.ok(matches.length <= 8)
})

test('a canary that could not be is refused in words', async () => {
  const cases = [
    [set('backend.canary.enabled=true'), /has neither tag nor digest/],
    [[...on, ...set('ingress.enabled=false')], /nobody shares the requests/],
    ...['haproxy', 'alb', 'gke', 'traefik', 'none'].map((provider) => [[...on, ...set('ingress-nginx.enabled=false', `ingress.provider=${provider}`)], new RegExp(`ingress.provider is "${provider}"`)]),
  ]
  for (const [args, says] of cases) assert.match(await refusal(...args), says)
})
