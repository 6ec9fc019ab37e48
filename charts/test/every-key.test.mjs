import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysOf } from './made/values.mjs'
import { merged } from './bad-values.mjs'
import { inPairs, readChartFile, refusalOf, render, unchecked, valuesFile } from './rendering.mjs'
import { oneOf, share } from './sample.mjs'

const schema = JSON.parse(readChartFile('values.schema.json'))

const anAgeKey = 'age1p8yv7muqc2cpg5fazlhxq5naj7y2u23zkuv2nt2vkz88wmhsaaqsqu0k06'

/** Between them they switch on all that can be switched on. */
const bases = [
  {},
  {
    auth: { existingSecret: 'mine' },
    models: {
      openai: { existingSecret: 'openai' },
      anthropic: { existingSecret: 'anthropic' },
      server: { url: 'http://vllm:8000/v1', name: 'qwen', existingSecret: 'vllm' },
    },
    secrets: { existingSecret: 'sealed' },
    knowledge: { embeddings: { provider: 'openai', url: 'https://api.example.org/v1', existingSecret: 'embeddings' } },
    approvals: { webhookUrl: 'https://chat.example.org/hook', existingSecret: 'hook' },
    postgresql: { enabled: false },
    database: { host: 'db.example', existingSecret: 'db' },
    externalSecrets: { enabled: true, storeRef: { name: 'vault' }, secrets: { mine: { key: { key: 'a' } } } },
    backend: { autoscaling: { enabled: true, queue: { metric: 'due' } }, verticalPodAutoscaler: { enabled: true } },
    frontend: { autoscaling: { enabled: true }, verticalPodAutoscaler: { enabled: true } },
    ingress: { hosts: ['here.example.com'], tls: [{ secretName: 'tls' }] },
    gateway: { enabled: true, parentRefs: [{ name: 'public' }] },
    route: { enabled: true, host: 'here.apps.example.com' },
    outbound: { caBundle: { existingConfigMap: 'ca' }, proxy: { existingSecret: 'proxy' } },
    monitoring: { serviceMonitor: { enabled: true, existingSecret: 'read' }, prometheusRule: { enabled: true, groups: [{ name: 'a', rules: [] }] } },
    networkPolicy: { allowFrom: [{ podSelector: {} }], metricsFrom: [{ podSelector: {} }] },
    backup: { enabled: true, image: { repository: 'postgres', tag: '18' }, encryption: { recipients: [anAgeKey], existingSecret: 'age' }, store: { place: 'bucket/wheelhouse', existingSecret: 's3' } },
    test: { ingressUrl: 'http://here.example.com' },
  },
  { backend: { autoscaling: { enabled: true, by: 'keda', kedaTriggers: [{ type: 'cron' }] } } },
  {
    networkPolicy: { allowFrom: [{ podSelector: {} }] },
    backend: { replicaCount: 3, service: { type: 'LoadBalancer' } },
    frontend: { replicaCount: 3, service: { type: 'LoadBalancer' } },
    outbound: { proxy: { http: 'http://proxy:3128' } },
  },
  { postgresql: { enabled: false }, database: { existingSecret: 'db', existingSecretUrlKey: 'url' } },
  { backend: { canary: { enabled: true, image: { tag: 'next' } } }, monitoring: { dashboards: { enabled: true } } },
]

const examples = {
  '#/$defs/objectName': 'other',
  '#/$defs/secretKey': 'other',
  '#/$defs/secretKeyOrEmpty': 'other',
  '#/$defs/host': 'other.example.com',
  '#/$defs/address': 'https://other.example.com',
  '#/$defs/duration': '9s',
  '#/$defs/quantity': '333Mi',
  '#/$defs/labels': { other: 'other' },
  '#/$defs/kubernetes': { nodeAffinity: {} },
  '#/$defs/kubernetesList': [{ name: 'other', mountPath: '/other', podSelector: {} }],
  '#/$defs/pullSecrets': ['other'],
  '#/$defs/texts': ['other'],
  '#/$defs/containers': [{ name: 'other', image: 'other' }],
  '#/$defs/networks': ['10.0.0.0/8'],
  '#/$defs/amountOrNothing': 2,
  '#/$defs/fallback': { failureThreshold: 2, replicas: 2 },
  '#/$defs/hosts': ['other.example.com'],
  '#/$defs/origins': ['https://other.example.com'],
  '#/$defs/hostOrTemplate': 'other.example.com',
  '#/$defs/tls': [{ secretName: 'other', hosts: ['other.example.com'] }],
  '#/$defs/paths': [{ path: '/other', pathType: 'Prefix', backend: {} }],
  '#/$defs/ruleGroups': [{ name: 'other', rules: [] }],
  '#/$defs/env': [{ name: 'OTHER', value: 'other' }],
  '#/$defs/parentRefs': [{ name: 'other' }],
  '#/$defs/destinations': [{ cidr: '10.0.0.0/8', ports: [8000] }],
  '#/$defs/secretsFromStore': { other: { key: { key: 'other' } } },
}

/** Where the schema alone does not tell a value that is good and other. */
const byPath = {
  basePath: '/other',
  definitions: { helper: { instructions: 'Help' } },
  'models.aliases': { fast: [{ provider: 'demo', name: 'other' }] },
  'models.unknownPrice.input': 5,
  'backup.encryption.recipients': [anAgeKey.replace('p8yv', 'q8yv')],
  extraObjects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } }],
  'http.bodyMemory': '64MB',
  'knowledge.parser.heap': '200m',
  'backend.settings': { other: { other: 1 } },
}

function another({ path, value }, node) {
  const kind = node.$ref ? { ...schema.$defs[node.$ref.replace('#/$defs/', '')], ...node } : node
  const key = path.join('.')
  if (key in byPath) return byPath[key]
  if (kind.enum) return kind.enum.find((choice) => choice !== value)
  if (node.$ref in examples) return examples[node.$ref]
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1 <= (kind.maximum ?? Infinity) ? value + 1 : value - 1
  if (Array.isArray(value)) return [kind.items?.enum?.[0] ?? { name: 'other' }]
  if (typeof value === 'object') return { other: 'other' }
  return ['9s', 'other', 'http://other.example.com', '9', '0 3 * * *', 'sha256:' + 'a'.repeat(64)].find((text) => text !== value && (!kind.pattern || new RegExp(kind.pattern).test(text)))
}

function nodeOf(path) {
  let node = schema
  for (const name of path) {
    const inner = node.$ref ? schema.$defs[node.$ref.replace('#/$defs/', '')] : node
    node = inner.properties?.[name]
    if (!node) return {}
  }
  return node
}

const keys = keysOf(readChartFile('values.yaml')).filter(({ path, hasKeys }) => !hasKeys && !['postgresql', 'ingress-nginx'].includes(path[0]))

/** What the values make of the chart, notes included, without what is made by chance; or why they are refused. */
async function madeOf(...files) {
  try {
    const objects = await render(...files.flatMap((file) => ['-f', file]), unchecked)
    return JSON.stringify(objects.map((object) => (object.kind === 'Secret' ? { ...object, data: Object.keys(object.data ?? {}) } : object)))
  } catch (error) {
    return String(error.stderr).replace(/\.values-\d+/g, '')
  }
}

const within = (path, value) => path.reduceRight((inner, name) => ({ [name]: inner }), value)

const others = keys.map((key) => ({ path: key.path, name: key.path.join('.'), value: another(key, nodeOf(key.path)) }))

test('for every key another good value is known', async () => {
  assert.deepEqual(others.filter(({ value }) => value === undefined).map(({ name }) => name), [])
  const said = await refusalOf(merged(others.map(({ path, value }) => ({ values: within(path, value) }))))
  assert.doesNotMatch(said ?? '', /don't meet the specifications/)
})

test('every key does something', async (t) => {
  const files = bases.map((base) => valuesFile(base))
  const plain = await inPairs(files, (file) => madeOf(file))
  assert.deepEqual(plain.filter((made) => !made.startsWith('[')), [])

  const tried = oneOf(others)
  const idle = (
    await inPairs(tried, async ({ path, name, value }) => {
      const changed = valuesFile(within(path, value))
      for (const [at, file] of files.entries()) if ((await madeOf(file, changed)) !== plain[at]) return undefined
      return `${name} changes nothing`
    })
  ).filter(Boolean)

  t.diagnostic(`counted: keys of values.yaml that change a rendering: ${tried.length - idle.length} of ${tried.length}${share}`)
  assert.deepEqual(idle, [])
})
