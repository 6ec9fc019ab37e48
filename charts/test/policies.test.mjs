import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { reaches } from './reachability.mjs'
import { prod, webhookOf } from './ways.mjs'
import { chartSource, files, ofKind, render, set } from './rendering.mjs'

const ours = (component) => ({
  namespace: 'place',
  ip: '10.244.0.10',
  labels: { 'app.kubernetes.io/name': 'wheelhouse', 'app.kubernetes.io/instance': 'rel', 'app.kubernetes.io/component': component },
  ports: { http: 8080 },
})
const bundled = (name, component, ports) => ({ ...ours(component), ports, labels: { ...ours(component).labels, 'app.kubernetes.io/name': name } })

const places = {
  backend: { ...ours('backend'), ports: { http: 8080, metrics: 9090 } },
  frontend: ours('frontend'),
  test: { ...ours('test'), ports: {} },
  postgres: bundled('postgresql', 'primary', { 'tcp-postgresql': 5432, 'http-metrics': 9187 }),
  dump: { ...ours('backup'), ports: {} },
  controller: bundled('ingress-nginx', 'controller', { http: 80, https: 443, webhook: 8443, metrics: 10254 }),
  admission: bundled('ingress-nginx', 'admission-webhook', {}),
  monitoring: { namespace: 'monitoring', ip: '10.244.0.20', labels: { app: 'prometheus' }, ports: {} },
  dns: { namespace: 'kube-system', ip: '10.244.0.30', labels: { 'k8s-app': 'kube-dns' }, ports: { dns: 53 } },
  anyone: { namespace: 'elsewhere', ip: '10.244.0.40', labels: { app: 'any' }, ports: { http: 8080 } },
  'api-server': { ip: '172.16.0.1', ports: { https: 6443 } },
  internet: { ip: '203.0.113.7', ports: { https: 443, http: 80, ssh: 22 } },
  private: { ip: '10.9.8.7', ports: { https: 443, http: 80, postgres: 5432 } },
  metadata: { ip: '169.254.169.254', ports: { http: 80 } },
}
const outside = ['api-server', 'internet', 'private', 'metadata', 'dns']

const targets = Object.entries(places).flatMap(([name, { ports }]) => Object.values(ports).map((port) => [name, port]))

function written() {
  const page = readFileSync(join(chartSource, '../../docs/network.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)]
  return Object.fromEntries(rows.map(([, from, to]) => [from, [...to.matchAll(/`([^`]+)`/g)].map(([, place]) => place).sort()]))
}

const rendered = (policies, from) =>
  targets
    .filter(([name, port]) => reaches(policies, places[from], places[name], port))
    .map(([name, port]) => `${name}:${port}`)
    .sort()

/** Those whom none of our policies holds reach each other as they like: that is not our table. */
const told = (from) => (to) => from !== 'anyone' && from !== 'monitoring' ? true : !/^(dns|api-server|internet|private|metadata|anyone):/.test(to)

test('everybody reaches whom docs/network.md says, and nobody else, in both directions', async () => {
  const policies = ofKind(await render(...prod, ...webhookOf('rel', 'place'), ...set('postgresql.metrics.enabled=true')), 'NetworkPolicy')
  const matrix = Object.fromEntries(
    Object.keys(places)
      .filter((from) => !outside.includes(from))
      .map((from) => [from, rendered(policies, from).filter(told(from))]),
  )
  assert.deepEqual(matrix, written())
})

test('every Pod of a release is held both ways, whatever sub-chart it comes from', async () => {
  const policies = ofKind(await render(...prod, ...webhookOf('rel', 'place'), ...set('postgresql.metrics.enabled=true')), 'NetworkPolicy')
  const closed = { namespace: 'nowhere', ip: '10.244.9.9', labels: {}, ports: { any: 1 } }
  for (const name of ['backend', 'frontend', 'test', 'postgres', 'dump', 'controller', 'admission']) {
    assert.ok(!reaches(policies, places[name], closed, 1), `${name} reaches anybody`)
    assert.ok(!reaches(policies, closed, places[name], 1), `anybody reaches ${name}`)
  }
})

const opens = async (from, to, port, ...args) => reaches(ofKind(await render(...args), 'NetworkPolicy'), from, to, port)

test('Prometheus comes to the port of metrics, or without one to that of the API', async () => {
  const from = set('networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name=monitoring', 'networkPolicy.allowFrom[0].podSelector.matchLabels.app=edge')
  const open = (port, ...args) => opens(places.monitoring, places.backend, port, ...from, ...args)
  assert.deepEqual([await open(8080), await open(9090)], [true, false])
  assert.deepEqual([await open(8080, ...set('monitoring.port=9090')), await open(9090, ...set('monitoring.port=9090'))], [false, true])
})

test('what networkPolicy opens is open, and no more', async () => {
  const server = { namespace: 'models', ip: '10.244.0.50', labels: { app: 'vllm' }, ports: { http: 8000 } }
  const there = set('networkPolicy.allowTo[0].namespace=models', 'networkPolicy.allowTo[0].podLabels.app=vllm', 'networkPolicy.allowTo[0].ports[0]=8000')
  assert.ok(await opens(places.backend, server, 8000, ...there))
  assert.ok(!(await opens(places.backend, server, 8001, ...there)))
  assert.ok(!(await opens(places.backend, { ...server, namespace: 'elsewhere' }, 8000, ...there)))
  assert.ok(!(await opens(places.frontend, server, 8000, ...there)))
  const address = set('networkPolicy.allowTo[0].cidr=10.9.8.7/32', 'networkPolicy.allowTo[0].ports[0]=443')
  assert.ok(await opens(places.backend, places.private, 443, ...address))
  assert.ok(!(await opens(places.backend, { ...places.private, ip: '10.9.8.8' }, 443, ...address)))
  assert.ok(!(await opens(places.backend, places.internet, 443, ...set('networkPolicy.allowInternet=false'))))
})

test('a Postgres of yours is reached on its port, and only there where it is named', async () => {
  const yours = files('external-postgres')
  assert.ok(await opens(places.backend, places.private, 5432, ...yours))
  assert.ok(!(await opens(places.backend, places.private, 443, ...yours)))
  assert.ok(!(await opens(places.backend, places.private, 5432, ...yours, ...set('networkPolicy.databaseTo[0].ipBlock.cidr=10.0.0.1/32'))))
})

test('the load balancers of clouds come in, and other addresses do not', async () => {
  const google = { ip: '35.191.7.7', ports: {} }
  assert.ok(await opens(google, places.backend, 8080, ...files('gke')))
  assert.ok(await opens(google, places.frontend, 8080, ...files('gke')))
  assert.ok(!(await opens(places.internet, places.backend, 8080, ...files('gke'))))
  assert.ok(!(await opens(places.anyone, places.backend, 8080, ...files('gke'))))
  assert.ok(await opens({ ip: '10.0.3.3', ports: {} }, places.backend, 8080, ...files('eks')))
  assert.ok(!(await opens(places.anyone, places.backend, 8080, ...files('eks'))))
})

test('the API server and the name service are narrowed where they are named', async () => {
  const named = set('networkPolicy.apiServerTo[0].ipBlock.cidr=172.16.0.1/32', 'networkPolicy.dnsTo[0].ipBlock.cidr=10.96.0.10/32')
  assert.ok(await opens(places.controller, places['api-server'], 6443, ...named))
  assert.ok(!(await opens(places.controller, places.internet, 443, ...named)))
  assert.ok(!(await opens(places.backend, places.dns, 53, ...named)))
})
