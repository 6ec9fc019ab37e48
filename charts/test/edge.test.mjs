import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { files, ofKind, refusal, render, set, valuesFile } from './rendering.mjs'
import { prod } from './ways.mjs'

const byName = (objects, kind) => Object.fromEntries(ofKind(objects, kind).map((one) => [one.metadata.name, one]))
const ingressOf = async (...args) => ofKind(await render(...args), 'Ingress')[0]
const alone = (provider, ...more) => set('ingress-nginx.enabled=false', `ingress.provider=${provider}`, ...more)

const tls = ['ingress.hosts[0]=wheel.example.org', 'ingress.tls[0].secretName=cert']

test('every controller keeps silent streams open for an hour, and buffers none', async () => {
  const said = {
    haproxy: { 'haproxy.org/timeout-server': '3600s', 'haproxy-ingress.github.io/timeout-server': '3600s' },
    gke: { 'kubernetes.io/ingress.class': 'gce' },
    none: undefined,
    traefik: undefined,
  }
  for (const [provider, annotations] of Object.entries(said)) {
    assert.deepEqual((await ingressOf(...alone(provider))).metadata.annotations, annotations, provider)
  }
  const alb = await ingressOf(...files('eks'))
  assert.equal(alb.metadata.annotations['alb.ingress.kubernetes.io/load-balancer-attributes'], 'idle_timeout.timeout_seconds=3600')
  assert.equal(alb.metadata.annotations['alb.ingress.kubernetes.io/target-type'], 'ip')
})

test('the class is the one that the controller reads', async () => {
  assert.equal((await ingressOf()).metadata.annotations['kubernetes.io/ingress.class'], 'rel')
  assert.equal((await ingressOf(...files('eks'))).spec.ingressClassName, 'alb')
  assert.equal((await ingressOf(...files('gke'))).spec.ingressClassName, undefined)
  const own = await ingressOf(...files('gke'), ...set('ingress.className=gce-internal'))
  assert.equal(own.metadata.annotations['kubernetes.io/ingress.class'], 'gce-internal')
  assert.equal((await ingressOf(...alone('traefik', 'ingress.className=edge'))).spec.ingressClassName, 'edge')
  assert.equal((await ingressOf(...alone('none'))).spec.ingressClassName, undefined)
})

test("Google's load balancer is told time-outs and health by a BackendConfig for each Service", async () => {
  const objects = await render(...files('gke'))
  const configs = byName(objects, 'BackendConfig')
  assert.equal(configs['rel-wheelhouse-backend'].spec.timeoutSec, 3600)
  assert.equal(configs['rel-wheelhouse-backend'].spec.healthCheck.requestPath, '/ready')
  for (const name of Object.keys(configs)) {
    const { annotations } = byName(objects, 'Service')[name].metadata
    assert.deepEqual(JSON.parse(annotations['cloud.google.com/backend-config']), { default: name })
  }
  assert.deepEqual(ofKind(await render(), 'BackendConfig'), [])
})

test('TLS is as each controller takes it', async () => {
  assert.deepEqual((await ingressOf(...set(...tls))).spec.tls, [{ hosts: ['wheel.example.org'], secretName: 'cert' }])
  assert.equal(
    (await ingressOf(...alone('traefik', ...tls))).metadata.annotations['traefik.ingress.kubernetes.io/router.entrypoints'],
    'websecure',
  )
  const withoutSecret = ['--set-json', 'ingress.hosts=["wheel.example.org"]', '--set-json', 'ingress.tls=[{}]']
  const gke = await ingressOf(...files('gke'), ...withoutSecret)
  assert.equal(gke.spec.tls, undefined)
  assert.equal(gke.metadata.annotations['kubernetes.io/ingress.allow-http'], 'false')
  const alb = await ingressOf(...files('eks'), ...withoutSecret)
  assert.deepEqual(alb.spec.tls, [{ hosts: ['wheel.example.org'] }])
  assert.equal(alb.metadata.annotations['alb.ingress.kubernetes.io/ssl-redirect'], '443')
})

test('annotations of yours come last', async () => {
  const { metadata } = await ingressOf('--set-string', 'ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/proxy-read-timeout=60,commonAnnotations.team=a')
  assert.equal(metadata.annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'], '60')
  assert.equal(metadata.annotations.team, 'a')
})

test('a route of the Gateway API brings the same paths to the same Services, and ends no stream', async () => {
  const [route] = ofKind(await render(...files('gateway')), 'HTTPRoute')
  const to = route.spec.rules.flatMap(({ matches, backendRefs }) => matches.map(({ path }) => [path.value, backendRefs[0].name]))
  const ingress = (await ingressOf()).spec.rules[0].http.paths.map(({ path, backend }) => [path, backend.service.name])
  assert.deepEqual(to, ingress)
  for (const rule of route.spec.rules.slice(0, -1)) assert.equal(rule.timeouts.request, '0s')
})

test('each host has the paths, more paths come first, and a certificate is for some hosts or for all', async () => {
  const more = [{ path: '/docs', pathType: 'Prefix', backend: { service: { name: 'docs', port: { number: 80 } } } }]
  const values = { hosts: ['a.example', 'b.example'], tls: [{ secretName: 'all' }, { secretName: 'b', hosts: ['b.example'] }], extraPaths: more }
  const { rules, tls } = (await ingressOf('--set-json', `ingress=${JSON.stringify(values)}`)).spec
  assert.deepEqual(rules.map(({ host }) => host), ['a.example', 'b.example'])
  assert.deepEqual(rules[0].http, rules[1].http)
  assert.equal(rules[0].http.paths[0].path, '/docs')
  assert.deepEqual(tls, [{ hosts: ['a.example', 'b.example'], secretName: 'all' }, { hosts: ['b.example'], secretName: 'b' }])
})

test('what 0.1 said of host and TLS is answered with the words of now', async () => {
  const said = await refusal(...alone('none', 'ingress.host=a.example', 'gateway.host=b.example', 'ingress.tls.enabled=true', 'ingress.tls.secretName=cert'))
  for (const words of ['ingress.host is not a key of this chart: set ingress.hosts', 'gateway.host is not a key', 'ingress.tls.enabled is not a key of this chart: set ingress.tls, a list']) {
    assert.ok(said.includes(words), said)
  }
})

test('Routes of OpenShift bring the same paths to the same Services under one name', async () => {
  const objects = await render(...alone('none', 'ingress.enabled=false', 'route.enabled=true', 'route.host=wheel.apps.example'))
  const routes = ofKind(objects, 'Route')
  const to = routes.map(({ spec }) => [spec.path, spec.to.name])
  assert.deepEqual(to, (await ingressOf()).spec.rules[0].http.paths.map(({ path, backend }) => [path, backend.service.name]))
  for (const { spec } of routes) assert.deepEqual([spec.host, spec.tls.termination], ['wheel.apps.example', 'edge'])
  assert.equal(byName(objects, 'Route')['rel-wheelhouse-api'].metadata.annotations['haproxy.router.openshift.io/timeout'], '3600s')
  assert.ok(byName(objects, 'Route')['rel-wheelhouse-console'])
  const policy = byName(objects, 'NetworkPolicy')['rel-wheelhouse-backend'].spec.ingress[0].from
  assert.ok(policy.some(({ namespaceSelector }) => namespaceSelector?.matchLabels?.['policy-group.network.openshift.io/ingress'] === ''))
})

test('Prometheus is told where metrics are, and with which key', async () => {
  const values = { port: 0, serviceMonitor: { enabled: true, existingSecret: 'read', labels: { release: 'kps' }, metricRelabelings: [{ action: 'drop' }] }, prometheusRule: { enabled: true, groups: [{ name: 'a', rules: [{ alert: 'Down', expr: 'up == 0', annotations: { summary: '{{ $labels.pod }}' } }] }] } }
  const objects = await render(...prod, '--set-json', `monitoring=${JSON.stringify(values)}`)
  const [monitor] = ofKind(objects, 'ServiceMonitor')
  const [endpoint] = monitor.spec.endpoints
  assert.deepEqual([endpoint.port, endpoint.path, endpoint.interval], ['http', '/metrics', '30s'])
  assert.deepEqual(endpoint.authorization.credentials, { name: 'read', key: 'api-key' })
  assert.equal(monitor.metadata.labels.release, 'kps')
  const service = byName(objects, 'Service')['rel-wheelhouse-backend'].metadata.labels
  for (const [key, value] of Object.entries(monitor.spec.selector.matchLabels)) assert.equal(service[key], value)
  assert.equal(ofKind(objects, 'PrometheusRule')[0].spec.groups.at(-1).rules[0].annotations.summary, '{{ $labels.pod }}')
})

test('on a port of their own metrics need no key, and Prometheus comes to no other port', async () => {
  const prometheus = [{ podSelector: { matchLabels: { app: 'prometheus' } } }]
  const values = { monitoring: { port: 9090, serviceMonitor: { enabled: true } }, networkPolicy: { metricsFrom: prometheus, allowFrom: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }, backend: { service: { type: 'LoadBalancer' } } }
  const objects = await render(...prod, '-f', valuesFile(values))
  const [{ spec }] = ofKind(objects, 'ServiceMonitor')
  assert.deepEqual([spec.endpoints[0].port, spec.endpoints[0].authorization], ['metrics', undefined])
  const services = byName(objects, 'Service')
  assert.deepEqual(services['rel-wheelhouse-backend'].spec.ports.map(({ name }) => name), ['http'], 'what may be given to the world leads to no metrics')
  const own = services['rel-wheelhouse-backend-metrics']
  assert.deepEqual([own.spec.clusterIP, own.spec.ports], ['None', [{ name: 'metrics', port: 9090, targetPort: 'metrics' }]])
  for (const [key, value] of Object.entries(spec.selector.matchLabels)) assert.equal(own.metadata.labels[key], value)
  const rules = byName(objects, 'NetworkPolicy')['rel-wheelhouse-backend'].spec.ingress.map(({ from, ports }) => [ports[0].port, from])
  assert.deepEqual(rules.find(([port]) => port === 'metrics')[1], prometheus)
  assert.ok(!JSON.stringify(rules.find(([port]) => port === 'http')).includes('prometheus'))
  const [backend] = byName(objects, 'Deployment')['rel-wheelhouse-backend'].spec.template.spec.containers
  assert.deepEqual(backend.ports, [{ name: 'http', containerPort: 8080 }, { name: 'metrics', containerPort: 9090 }])
  assert.equal(parse(byName(objects, 'ConfigMap')['rel-wheelhouse-backend'].data['settings.yaml']).http['metrics-port'], 9090)
  assert.equal(byName(await render(), 'Service')['rel-wheelhouse-backend-metrics'], undefined)
})

test('helm test takes a turn through an Ingress only where something leads to this release', async () => {
  const address = async (...args) => {
    const pod = ofKind(await render(...set('test.ingressUrl=http://proxy.example.com/', ...args)), 'Pod').find(({ metadata }) => metadata.name.endsWith('test'))
    return pod.spec.containers[0].env.find(({ name }) => name === 'INGRESS').value
  }
  assert.equal(await address(), 'http://proxy.example.com')
  assert.equal(await address('ingress.enabled=false', 'ingress-nginx.enabled=false'), '')
  assert.equal(await address('ingress.enabled=false', 'ingress-nginx.enabled=false', 'gateway.enabled=true', 'gateway.parentRefs[0].name=public'), 'http://proxy.example.com')
})

test('origins whose web pages may call the API are a list of the values', async () => {
  const objects = await render(...set('http.allowOrigins={https://app.example.org,http://localhost:5173}', 'basePath=/wh'))
  const { http } = parse(byName(objects, 'ConfigMap')['rel-wheelhouse-backend'].data['settings.yaml'])
  assert.deepEqual([http['allow-origins'], http['base-path']], [['https://app.example.org', 'http://localhost:5173'], '/wh'])
})

test('below a base path every door leads to the same Services, and console and backend know of it', async () => {
  const below = (paths) => paths.map(([path, name]) => [path === '/' ? '/apps/wh' : `/apps/wh${path}`, name])
  const plain = (await ingressOf()).spec.rules[0].http.paths.map(({ path, backend }) => [path, backend.service.name])
  const objects = await render(...set('basePath=/apps/wh', 'ingress.hosts[0]=a.example', 'approvals.webhookUrl=https://chat.example/hook'), ...set('route.enabled=true', 'route.host=b.example', 'gateway.enabled=true', 'gateway.parentRefs[0].name=g'))
  const [ingress] = ofKind(objects, 'Ingress')
  assert.deepEqual(ingress.spec.rules[0].http.paths.map(({ path, backend }) => [path, backend.service.name]), below(plain))
  assert.deepEqual(ofKind(objects, 'Route').map(({ spec }) => [spec.path, spec.to.name]), below(plain))
  assert.ok(byName(objects, 'Route')['rel-wheelhouse-api'] && byName(objects, 'Route')['rel-wheelhouse-console'])
  const matched = ofKind(objects, 'HTTPRoute')[0].spec.rules.flatMap(({ matches, backendRefs }) => matches.map(({ path }) => [path.value, backendRefs[0].name]))
  assert.deepEqual(matched, below(plain))
  const settings = parse(byName(objects, 'ConfigMap')['rel-wheelhouse-backend'].data['settings.yaml'])
  assert.equal(settings.http['base-path'], '/apps/wh')
  assert.equal(settings.approvals['console-url'], 'http://a.example/apps/wh')
  assert.match(byName(objects, 'ConfigMap')['rel-wheelhouse-frontend'].data['base.conf'], /^set \$base_path \/apps\/wh;\nrewrite \^\/apps\/wh\$ \/apps\/wh\/ redirect;\nrewrite \^\/apps\/wh\(\/\.\*\)\$ \$1;/)
  const frontend = byName(objects, 'Deployment')['rel-wheelhouse-frontend'].spec.template.spec.containers[0]
  assert.ok(frontend.volumeMounts.some(({ mountPath, subPath }) => mountPath === '/etc/nginx/base.conf' && subPath === 'base.conf'))
  assert.equal(frontend.readinessProbe.httpGet.path, '/index.html', 'probes go past the edge')
})

test("behind a Gateway, Google's load balancer is told time-outs and health by policies for each Service", async () => {
  const objects = await render(...files('gateway'), ...set('gateway.provider=gke'))
  const policies = byName(objects, 'GCPBackendPolicy')
  assert.equal(policies['rel-wheelhouse-backend'].spec.default.timeoutSec, 3600)
  assert.deepEqual(Object.values(policies).map(({ spec }) => spec.targetRef.name), ['rel-wheelhouse-backend', 'rel-wheelhouse-frontend'])
  assert.equal(byName(objects, 'HealthCheckPolicy')['rel-wheelhouse-backend'].spec.default.config.httpHealthCheck.requestPath, '/ready')
  const callers = byName(objects, 'NetworkPolicy')['rel-wheelhouse-backend'].spec.ingress[0].from
  assert.ok(callers.some(({ ipBlock }) => ipBlock?.cidr === '35.191.0.0/16'))
  assert.deepEqual(ofKind(await render(...files('gateway')), 'GCPBackendPolicy'), [])
})
