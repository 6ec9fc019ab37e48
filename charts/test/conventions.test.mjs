import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, isOurs, ofKind, onCluster, refusal, render, renderWithin, set } from './rendering.mjs'
import { pods } from './rules.mjs'
import { prod } from './ways.mjs'

const json = (...settings) => settings.flatMap((setting) => ['--set-json', setting])
const named = (objects, kind, name) => ofKind(objects, kind).find((one) => one.metadata.name === `rel-wheelhouse-${name}`)

/** The same settings for every component, and what they make of one of its objects. */
const each = async (kind, settings, read) => {
  const objects = await render(...json(...['backend', 'frontend'].flatMap((name) => settings.map((one) => `${name}.${one}`))))
  for (const name of ['backend', 'frontend']) read(named(objects, kind, name), name)
}
const podOf = (object) => object.spec.template.spec

test('security contexts are added to, and a key goes by null', async () => {
  const settings = [
    'podSecurityContext={"fsGroupChangePolicy":"OnRootMismatch","supplementalGroups":[5],"fsGroup":null}',
    'containerSecurityContext={"seLinuxOptions":{"level":"s0"},"appArmorProfile":{"type":"RuntimeDefault"}}',
  ]
  await each('Deployment', settings, (deployment) => {
    const { securityContext, containers } = podOf(deployment)
    assert.equal(securityContext.fsGroupChangePolicy, 'OnRootMismatch')
    assert.equal(securityContext.runAsUser, 10001)
    assert.equal(securityContext.fsGroup, undefined)
    assert.deepEqual(containers[0].securityContext.seLinuxOptions, { level: 's0' })
    assert.deepEqual(containers[0].securityContext.capabilities, { drop: ['ALL'] })
  })
})

test('on OpenShift users and groups are left for it to choose, in every Pod', async () => {
  const ids = (objects) => JSON.stringify(pods(objects.filter(isOurs)).map(({ spec }) => spec)).match(/runAsUser|runAsGroup|fsGroup/g)
  const seen = ['--api-versions', 'security.openshift.io/v1']
  assert.equal(ids(await render(...seen)), null)
  assert.equal(ids(await render(...set('global.compatibility.openshift.adaptSecurityContext=force'))), null)
  assert.ok(ids(await render(...seen, ...set('global.compatibility.openshift.adaptSecurityContext=disabled'))))
  assert.ok(ids(await render()))
})

test('containers come before and beside, with a command and hooks of yours', async () => {
  const settings = [
    'initContainers=[{"name":"wait-{{ .Release.Name }}","image":"busybox"}]',
    'extraContainers=[{"name":"proxy","image":"envoy"}]',
    'command=["/bin/own"]',
    'args=["--for={{ .Release.Name }}"]',
    'stopDelaySeconds=0',
    'lifecycle={"preStop":{"exec":{"command":["true"]}}}',
  ]
  await each('Deployment', settings, (deployment, name) => {
    const { initContainers, containers } = podOf(deployment)
    assert.deepEqual(initContainers, [{ name: 'wait-rel', image: 'busybox' }])
    assert.deepEqual(containers.map((one) => one.name), [name, 'proxy'])
    assert.deepEqual([containers[0].command, containers[0].args], [['/bin/own'], ['--for=rel']])
    assert.deepEqual(containers[0].lifecycle, { preStop: { exec: { command: ['true'] } } })
  })
  await each('Deployment', ['lifecycle={"postStart":{"exec":{"command":["true"]}}}'], (deployment) => {
    assert.deepEqual(Object.keys(podOf(deployment).containers[0].lifecycle).sort(), ['postStart', 'preStop'])
  })
})

test('a roll-out goes as the values say', async () => {
  const settings = ['strategy={"rollingUpdate":{"maxSurge":"50%"}}', 'minReadySeconds=7', 'revisionHistoryLimit=3', 'progressDeadlineSeconds=99', 'replicaCount=0']
  await each('Deployment', settings, ({ spec }) => {
    assert.deepEqual(spec.strategy, { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } })
    assert.deepEqual([spec.minReadySeconds, spec.revisionHistoryLimit, spec.progressDeadlineSeconds, spec.replicas], [7, 3, 99, 0])
  })
  await each('Deployment', ['strategy={"type":"Recreate"}'], ({ spec }) => assert.deepEqual(spec.strategy, { type: 'Recreate' }))
})

test('Pods look names up and run as the values say', async () => {
  const settings = [
    'dnsPolicy="None"',
    'dnsConfig={"nameservers":["10.0.0.10"]}',
    'hostAliases=[{"ip":"10.0.0.9","hostnames":["db.example"]}]',
    'runtimeClassName="gvisor"',
    'hostUsers=false',
    'serviceAccount={"automountServiceAccountToken":true,"labels":{"azure.workload.identity/use":"true"}}',
  ]
  const nameservers = 'networkPolicy.dnsTo=[{"ipBlock":{"cidr":"10.0.0.10/32"}}]'
  const objects = await render(...json(nameservers, ...settings.map((one) => `backend.${one}`)))
  const { spec } = named(objects, 'Deployment', 'backend').spec.template
  assert.deepEqual([spec.dnsPolicy, spec.dnsConfig.nameservers, spec.hostAliases[0].ip], ['None', ['10.0.0.10'], '10.0.0.9'])
  assert.deepEqual([spec.runtimeClassName, spec.hostUsers, spec.automountServiceAccountToken], ['gvisor', false, true])
  const account = named(objects, 'ServiceAccount', 'backend')
  assert.equal(account.metadata.labels['azure.workload.identity/use'], 'true')
  assert.equal(account.automountServiceAccountToken, true)
  assert.equal(named(objects, 'Deployment', 'frontend').spec.template.spec.automountServiceAccountToken, false)
})

test('labels and annotations of its own reach each kind of object', async () => {
  const objects = await render(
    ...json('gateway={"enabled":true,"parentRefs":[{"name":"g"}],"labels":{"seen":"yes"}}', 'ingress.labels={"seen":"yes"}', 'backend.service.labels={"seen":"yes"}'),
    ...json('backend.deploymentLabels={"seen":"yes"}', 'backend.deploymentAnnotations={"reloader.stakater.com/auto":"true"}', 'backend.serviceAccount.labels={"seen":"yes"}'),
  )
  for (const [kind, name] of Object.entries({ Ingress: '', HTTPRoute: '', Service: 'backend', Deployment: 'backend', ServiceAccount: 'backend' })) {
    const object = ofKind(objects, kind).find(({ metadata }) => metadata.name === ['rel-wheelhouse', name].filter(Boolean).join('-'))
    assert.equal(object.metadata.labels.seen, 'yes', kind)
  }
  const { metadata, spec } = named(objects, 'Deployment', 'backend')
  assert.equal(metadata.annotations['reloader.stakater.com/auto'], 'true')
  assert.equal(spec.template.metadata.labels.seen, undefined)
})

test('a Service is of the type and the family that the values say', async () => {
  const type = {
    NodePort: ['service={"type":"NodePort","nodePort":30123,"externalTrafficPolicy":"Local"}', { type: 'NodePort', externalTrafficPolicy: 'Local' }],
    LoadBalancer: [
      'service={"type":"LoadBalancer","loadBalancerIP":"10.0.0.7","loadBalancerClass":"x/y","loadBalancerSourceRanges":["10.0.0.0/8"]}',
      { type: 'LoadBalancer', loadBalancerIP: '10.0.0.7', loadBalancerClass: 'x/y', loadBalancerSourceRanges: ['10.0.0.0/8'] },
    ],
    headless: ['service={"clusterIP":"None","ipFamilyPolicy":"PreferDualStack","ipFamilies":["IPv6","IPv4"]}', { type: 'ClusterIP', clusterIP: 'None', ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'] }],
  }
  for (const [setting, wanted] of Object.values(type)) {
    const objects = await render(...json(`frontend.${setting}`, 'networkPolicy.allowFrom=[{"ipBlock":{"cidr":"10.0.0.0/8"}}]'))
    const { selector, ports, ...spec } = named(objects, 'Service', 'frontend').spec
    assert.deepEqual(spec, wanted)
    assert.equal(ports[0].nodePort, wanted.type === 'NodePort' ? 30123 : undefined)
  }
})

test('a budget keeps a number or a share of Pods', async () => {
  const budget = async (...settings) => named(await render(...set('backend.replicaCount=4', ...settings)), 'PodDisruptionBudget', 'backend').spec
  assert.equal((await budget()).maxUnavailable, 1)
  assert.equal((await budget('backend.podDisruptionBudget.maxUnavailable=25%')).maxUnavailable, '25%')
  const least = await budget('backend.podDisruptionBudget.minAvailable=2')
  assert.deepEqual([least.minAvailable, least.maxUnavailable, least.unhealthyPodEvictionPolicy], [2, undefined, 'AlwaysAllow'])
})

test('autoscalers look at memory too, and KEDA is paused and told what to do without its triggers', async () => {
  const memory = await render(...set('backend.autoscaling.enabled=true', 'backend.autoscaling.targetMemory=80'))
  assert.deepEqual(named(memory, 'HorizontalPodAutoscaler', 'backend').spec.metrics.map((one) => one.resource.name), ['cpu', 'memory'])
  const by = json('backend.autoscaling={"enabled":true,"by":"keda","kedaTriggers":[{"type":"cron"}],"keda":{"cooldownPeriod":60,"fallback":{"failureThreshold":3,"replicas":4},"paused":true}}')
  const { metadata, spec } = named(await render(...by), 'ScaledObject', 'backend')
  assert.deepEqual(metadata.annotations, { 'autoscaling.keda.sh/paused': 'true' })
  assert.deepEqual([spec.pollingInterval, spec.cooldownPeriod, spec.fallback], [30, 60, { failureThreshold: 3, replicas: 4 }])
  const kept = named(await render(...by, ...set('backend.autoscaling.keda.pausedReplicas=2')), 'ScaledObject', 'backend')
  assert.deepEqual(kept.metadata.annotations, { 'autoscaling.keda.sh/paused-replicas': '2' })
})

test('a VerticalPodAutoscaler watches the container of its component', async () => {
  const objects = await render(...json('backend.verticalPodAutoscaler={"enabled":true,"updateMode":"Initial","controlledResources":["memory"],"maxAllowed":{"memory":"2Gi"}}'))
  const { spec } = named(objects, 'VerticalPodAutoscaler', 'backend')
  assert.deepEqual(spec.targetRef, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'rel-wheelhouse-backend' })
  assert.deepEqual(spec.resourcePolicy.containerPolicies, [{ containerName: 'backend', controlledResources: ['memory'], maxAllowed: { memory: '2Gi' } }])
})

test('texts hold templates: annotations, labels, variables, hosts', async () => {
  const objects = await render(
    ...json('ingress.hosts=["{{ .Release.Name }}.example.com"]', 'ingress.annotations={"team":"{{ .Release.Namespace }}"}', 'commonLabels={"release":"{{ .Release.Name }}"}'),
    ...json('backend.extraEnv=[{"name":"A","value":"{{ include \\"wheelhouse.fullname\\" . }}"}]', 'backend.podAnnotations={"b":"{{ .Chart.Name }}"}'),
  )
  const [ingress] = ofKind(objects, 'Ingress')
  assert.equal(ingress.spec.rules[0].host, 'rel.example.com')
  assert.equal(ingress.metadata.annotations.team, 'place')
  assert.equal(ingress.metadata.labels.release, 'rel')
  const { metadata, spec } = named(objects, 'Deployment', 'backend').spec.template
  assert.equal(metadata.annotations.b, 'wheelhouse')
  assert.ok(spec.containers[0].env.some(({ name, value }) => name === 'A' && value === 'rel-wheelhouse'))
})

test('everything goes to another namespace together, or is refused', async () => {
  const both = set('namespaceOverride=there', 'postgresql.namespaceOverride=there', 'ingress-nginx.namespaceOverride=there')
  for (const { kind, metadata } of (await render(...both)).filter(isOurs)) assert.equal(metadata.namespace, 'there', kind)
  const said = await refusal(...set('namespaceOverride=there'))
  for (const chart of ['postgresql', 'ingress-nginx']) assert.ok(said.includes(`${chart}.namespaceOverride`), said)
})

test('Secrets for pulling images are names or maps with a name', async () => {
  const objects = await render(...json('global.imagePullSecrets=["one",{"name":"two"}]'))
  for (const { spec } of pods(objects.filter(isOurs))) assert.deepEqual(spec.imagePullSecrets, [{ name: 'one' }, { name: 'two' }])
})

test('the same values make the same objects, and an upgrade without a change restarts nothing', async () => {
  const given = set('auth.existingSecret=key', 'secrets.existingSecret=master', 'postgresql.auth.existingSecret=db')
  const data = Object.fromEntries(['postgres-password', 'password', 'replication-password'].map((key) => [key, 'a2VwdA==']))
  // Bitnami's Postgres asks for its passwords at an upgrade, whoever made them.
  const there = { '/api/v1/namespaces/place/secrets/db': { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'place' }, data } }
  const [once, again] = [await onCluster(there, ...prod, ...given), await onCluster(there, ...prod, ...given, '--is-upgrade')]
  assert.deepEqual(again, once)
})

test("within another chart it makes the same objects, or none, as that chart's condition says", async () => {
  const names = (objects) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()
  const within = await renderWithin({ wheelhouse: { enabled: true, 'x-shared': { team: 'a' } }, global: { imageRegistry: 'mirror.local', image: { registry: 'mirror.local' }, security: { allowInsecureImages: true } } })
  assert.deepEqual(names(within), names(await render()))
  for (const { spec } of pods(within.filter(isOurs))) assert.match(spec.containers[0].image, /^mirror\.local\//)
  assert.deepEqual(await renderWithin({ wheelhouse: { enabled: false } }), [])
})
