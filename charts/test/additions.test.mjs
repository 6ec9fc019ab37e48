import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { wordsText } from './made/words.mjs'
import { chartSource, files, isOurs, ofKind, readChartFile, refusal, render, renderAs, set, subChartValues } from './rendering.mjs'
import { pods } from './rules.mjs'
import { prod } from './ways.mjs'

const named = (objects, kind, name) => ofKind(objects, kind).find((one) => one.metadata.name === `rel-wheelhouse-${name}`)
const podOf = (objects, name) => pods(objects.filter(isOurs)).find(({ object }) => object.metadata.name === `rel-wheelhouse-${name}`)
const json = (...settings) => settings.flatMap((setting) => ['--set-json', setting])

test('labels and annotations reach every object, and labels every Pod', async () => {
  const objects = (await render(...prod, ...set('commonLabels.team=a', 'commonAnnotations.cost=b', 'gateway.enabled=true', 'gateway.parentRefs[0].name=g'))).filter(isOurs)
  for (const object of objects) {
    assert.equal(object.metadata.labels.team, 'a', object.kind)
    assert.equal(object.metadata.annotations?.cost, 'b', object.kind)
  }
  for (const { labels } of pods(objects)) assert.equal(labels.team, 'a')
})

test('Pods are placed, named and given what the values say, those of "helm test" too', async () => {
  const placed = ['nodeSelector={"pool":"a"}', 'tolerations=[{"key":"a","operator":"Exists"}]', 'priorityClassName="high"', 'affinity={"nodeAffinity":{}}', 'podLabels={"seen":"yes"}', 'podAnnotations={"note":"b"}']
  const objects = await render(...json(...['backend', 'frontend', 'test'].flatMap((name) => placed.map((one) => `${name}.${one}`))))
  for (const name of ['backend', 'frontend', 'test']) {
    const { object, spec, labels } = podOf(objects, name)
    assert.deepEqual([spec.nodeSelector, spec.tolerations, spec.priorityClassName, spec.affinity], [{ pool: 'a' }, [{ key: 'a', operator: 'Exists' }], 'high', { nodeAffinity: {} }])
    assert.equal(labels.seen, 'yes')
    assert.equal((object.spec.template ?? object).metadata.annotations.note, 'b')
  }
})

test('variables, volumes and probes are as the values say', async () => {
  for (const name of ['backend', 'frontend']) {
    const given = ['extraEnv=[{"name":"A","value":"1"}]', 'extraEnvFrom=[{"secretRef":{"name":"more"}}]', 'extraVolumes=[{"name":"ca","configMap":{"name":"ca"}}]', 'extraVolumeMounts=[{"name":"ca","mountPath":"/ca"}]', 'probes.readiness.periodSeconds=7']
    const { spec } = podOf(await render(...json(...given.map((one) => `${name}.${one}`))), name)
    const [container] = spec.containers
    assert.ok(container.env.some((one) => one.name === 'A'))
    assert.deepEqual(container.envFrom, [{ secretRef: { name: 'more' } }])
    assert.ok(spec.volumes.some((one) => one.name === 'ca') && container.volumeMounts.some((one) => one.mountPath === '/ca'))
    assert.equal(container.readinessProbe.periodSeconds, 7)
    assert.ok(container.livenessProbe.periodSeconds, 'the other numbers stay')
  }
})

test('names that look like numbers or truth stay names', async () => {
  const strings = ['y', 'yes', 'on', '017'].map((value, at) => `${['backend.priorityClassName', 'fullnameOverride', 'nameOverride', 'auth.existingSecret'][at]}=${value}`)
  const objects = await renderAs('no', '456', '--set-string', strings.join(','), ...json('networkPolicy.allowTo=[{"namespace":"y","ports":[80]}]', 'global.imagePullSecrets=["1"]', 'backend.image.tag="1.0"'))
  const loose = []
  const visit = (node, path) => {
    if (node === null || typeof node !== 'object') return
    for (const [key, value] of Object.entries(node)) {
      const isText = /^(name|namespace|key|image|priorityClassName|ingressClassName|serviceAccountName)$/.test(key) || /(labels|matchLabels|annotations|selector)$/.test(path)
      if (isText && value !== null && typeof value !== 'object' && typeof value !== 'string') loose.push(`${path}.${key} is ${value}`)
      visit(value, `${path}.${key}`)
    }
  }
  // The real sub-charts quote neither release nor namespace.
  for (const object of objects.filter(isOurs)) visit(object, object.kind)
  assert.deepEqual(loose, [])
})

test('more objects come as maps and as text with templates in it', async () => {
  const objects = await render(...json('extraObjects=[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{ .Release.Name }}-one"}},"apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: {{ .Release.Name }}-two"]'))
  const names = ofKind(objects, 'ConfigMap').map((one) => one.metadata.name)
  assert.ok(names.includes('rel-one') && names.includes('rel-two'))
})

test('the autoscaler looks at the CPU, and at what else is named', async () => {
  const scaled = async (...settings) => (await render(...set('backend.autoscaling.enabled=true', ...settings))).filter((one) => /Autoscaler|ScaledObject/.test(one.kind))
  const [usual] = await scaled()
  assert.deepEqual(usual.spec.metrics.map((one) => one.type), ['Resource'])
  assert.equal(usual.spec.behavior.scaleDown.stabilizationWindowSeconds, 300)
  const [carried] = await scaled('backend.autoscaling.queue.metric=wheelhouse_runs_at_once')
  assert.deepEqual(carried.spec.metrics[1], {
    type: 'Pods',
    pods: { metric: { name: 'wheelhouse_runs_at_once' }, target: { type: 'AverageValue', averageValue: '150' } },
  })
  const [queued] = await scaled(
    'backend.autoscaling.queue.metric=runs_due',
    'backend.autoscaling.queue.kind=external',
    'backend.autoscaling.queue.matchLabels.release=rel',
  )
  assert.deepEqual(queued.spec.metrics[1].external.metric, { name: 'runs_due', selector: { matchLabels: { release: 'rel' } } })
  const keda = await scaled('backend.autoscaling.by=keda', 'backend.autoscaling.kedaTriggers[0].type=cron')
  assert.deepEqual(keda.map((one) => one.kind), ['ScaledObject'])
  assert.deepEqual(keda[0].spec.triggers.map((one) => one.type), ['cpu', 'cron'])
})

test("the backend's settings file has what the values say, under the backend's words", async () => {
  const settings = async (...args) => parse(named(await render(...args), 'ConfigMap', 'backend').data['settings.yaml'])
  assert.deepEqual(await settings(), {
    runs: { lease: '8s', poll: '1s', 'at-once': 256, stopping: '10s' },
    database: { connections: 8 },
    tools: { 'http-fetch': { 'max-bytes': 1048576, timeout: '15s' } },
    http: { 'body-memory': 32 * 2 ** 20 },
    knowledge: {
      'max-file': 52428800,
      'max-waiting': 500,
      embeddings: { provider: 'inprocess' },
      vectors: { 'cache-bytes': 67108864 },
      parser: { heap: '160m', timeout: '20s', 'max-pages': 2000, concurrency: 1 },
    },
  })
  const told = await settings(...set('approvals.webhookUrl=https://chat.example.org/hook', 'ingress.hosts[0]=wheel.example.org', 'models.unknownPrice.input=2500000', 'models.unknownPrice.output=10000000'), ...json('models.aliases={"fast":[{"provider":"openai","name":"m"}]}', 'backend.settings={"http":{"heartbeat":"20s"},"runs":{}}'))
  assert.deepEqual(told.approvals, { 'webhook-url': 'https://chat.example.org/hook', 'webhook-retry': '5s', 'console-url': 'http://wheel.example.org' })
  assert.deepEqual(told.models, { aliases: { fast: [{ provider: 'openai', name: 'm' }] }, 'unknown-price': { input: 2500000, output: 10000000 } })
  assert.deepEqual(told.http, { 'body-memory': 32 * 2 ** 20, heartbeat: '20s' })
  const server = await settings(...set('knowledge.embeddings.provider=openai', 'knowledge.embeddings.url=https://api.example.org/v1', 'knowledge.maxFile=209715200', 'signIns.publicUrl=https://agents.example.org'))
  assert.deepEqual(server.knowledge.embeddings, { provider: 'openai', url: 'https://api.example.org/v1', model: 'text-embedding-3-small', dimensions: 0, batch: 32, multilingual: true })
  assert.equal(server.knowledge['max-file'], 209715200)
  assert.deepEqual(server['sign-ins'], { 'public-url': 'https://agents.example.org' })
})

const needsReal = { skip: !process.env.WHEELHOUSE_CHARTS_DIR && 'WHEELHOUSE_CHARTS_DIR is not set: the real sub-charts are not here' }

const known = parse(readChartFile('known.yaml'))
const java = join(chartSource, '../../backend/src/main/java/dev/wheelhouse')

test('the words of agents are read from the backend, and a reader without them is an error', () => {
  const source = readFileSync(join(java, 'agents/DefinitionReader.java'), 'utf8')
  const words = parse(wordsText(source))
  assert.ok(words.definition.includes('whenBusy') && words.limits.includes('tokens'), JSON.stringify(words))
  assert.throws(() => wordsText(source.replace('Set<String> LIMITS', 'Set<String> OTHERS')), /"LIMITS"/)
})

test('settings with a place of their own are settings of the backend', () => {
  const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const settings = new Set(
    readdirSync(java, { recursive: true, withFileTypes: true })
      .filter((file) => file.name.endsWith('.java'))
      .flatMap((file) => {
        const source = readFileSync(join(file.parentPath ?? file.path, file.name), 'utf8')
        const prefix = source.match(/@ConfigurationProperties\("([^"]+)"\)/)?.[1]
        const fields = source.match(/record \w+\(([\s\S]*?)\)\s*(?:implements \w+ )?\{/)?.[1]
        return prefix && fields ? [...fields.matchAll(/(\w+)(?:,|$)/g)].map(([, field]) => `${prefix}.${kebab(field)}`) : []
      }),
  )
  assert.deepEqual(Object.keys(known.settings).filter((path) => !settings.has(path)), [])
})

test('words from other charts are answered with ours', async () => {
  const said = await refusal(...set('replicaCount=2', 'networkPolicy.extraEgress[0].ports[0].port=1', 'ingress.host=a', 'externalDatabase.host=db'))
  assert.match(said, /\(4\)/)
  assert.match(said, /replicaCount is not a key of this chart: set backend\.replicaCount and frontend\.replicaCount/)
  assert.match(said, /networkPolicy\.extraEgress is not a key of this chart: set networkPolicy\.allowTo/)
})

test('where the schema is closed a slip of the fingers is answered with what was meant', async () => {
  const slips = { 'backend.replcaCount': 'replicaCount', ingres: 'ingress', 'runs.leasse': 'lease', 'auth.moed': 'mode', 'models.openai.existingsecret': 'existingSecret' }
  for (const [path, meant] of Object.entries(slips)) {
    const said = await refusal(...set(`${path}=x`))
    assert.match(said, new RegExp(`'${path.split('.').at(-1)}' not allowed`))
    assert.match(said, new RegExp(`value must be '${meant}'`))
  }
})

test('a key whose value was forgotten is refused by its place, and breaks no template', async () => {
  for (const [path, place] of Object.entries({ commonLabels: '', 'backend.settings': '/backend', 'backend.probes.startup': '/backend/probes', 'runs.lease': '/runs' })) {
    assert.match(await refusal(...json(`${path}=null`)), new RegExp(`at '${place}': missing property '${path.split('.').at(-1)}'`))
  }
})

test('where the schema is open a misspelt word is still found, and an unknown one is left alone', async () => {
  const said = await refusal(...set('global.imageRegisty=a', 'postgresql.primray.resources=1', 'ingress-nginx.controler.kind=DaemonSet', 'postgresql.primary.persistance.size=1Gi', 'ingress-nginx.controller.service.tpye=NodePort'))
  for (const word of ['imageRegistry', 'primary', 'controller', 'persistence', 'type']) assert.ok(said.includes(`Did you mean "${word}"?`), said)
  assert.ok((await render(...set('postgresql.somethingNew=1', 'global.team=a'))).length > 10)
})

// The stand-ins of the sub-charts have keys of their own.
test('the chart knows the keys of the sub-charts at the levels where it looks for slips', needsReal, async () => {
  for (const [path, words] of Object.entries(known).filter(([, words]) => Array.isArray(words))) {
    const [chart, ...inside] = path.split('.')
    if (chart === 'global') continue
    const values = inside.reduce((level, name) => level?.[name], await subChartValues(chart)) ?? {}
    assert.deepEqual(Object.keys(values).filter((key) => !words.includes(key)), [], path)
  }
})

test('templates stay short, and each check is named after a word of the values', () => {
  const templates = join(chartSource, 'templates')
  const sources = readdirSync(templates, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const lines = sources.map(({ parentPath, path, name }) => [name, readFileSync(join(parentPath ?? path, name), 'utf8').split('\n').length - 1])
  assert.deepEqual(lines.filter(([, count]) => count > 150), [])

  const words = Object.keys(parse(readChartFile('values.yaml')))
  const others = ['budgets', 'components', 'pods', 'didYouMean', 'readings', 'upgrades', 'words']
  const checks = readdirSync(join(templates, 'checks')).flatMap((name) => name.match(/^_(\w+)\.tpl$/)?.[1] ?? [])
  assert.deepEqual(checks.filter((name) => !words.includes(name) && !others.includes(name)), [])
  const called = readChartFile('templates/checks/before/the/sub-charts/refuse.yaml').match(/range list ([^-]+) -/)[1]
  for (const name of checks.filter((name) => words.includes(name))) assert.ok(called.includes(`"${name}"`), `${name} is never called`)
})

test('more flags for the JVM leave the bound of the heap as it is', async () => {
  const opts = async (...settings) => podOf(await render(...set(...settings)), 'backend').spec.containers[0].env.find(({ name }) => name === 'JAVA_OPTS').value
  assert.equal(await opts('backend.extraJavaOpts=-Djavax.net.ssl.trustStore=/ca/store'), '-XX:MaxRAMPercentage=55 -Djavax.net.ssl.trustStore=/ca/store')
  assert.equal(await opts('backend.heapPercent=40'), '-XX:MaxRAMPercentage=40')
})
