// What the schema knows of keys besides the type of their default: kinds by the key's name, the same wherever the key stands,
// and those that "# @schema" lines name.

import { aliases } from './aliases.mjs'
import { closed, listOf, open, ref, text, whole } from './types.mjs'

/** What stands in the schema for a key that has gone. */
export const moved = 'No key: known.yaml says what to do instead'

const amounts = closed(
  { cpu: ref('quantity'), memory: ref('quantity'), 'ephemeral-storage': ref('quantity') },
  ['memory', 'ephemeral-storage'],
)

export const kinds = {
  objectName: text('^$|^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$', { maxLength: 63 }),
  secretKey: text('^[-._a-zA-Z0-9]+$'),
  secretKeyOrEmpty: text('^[-._a-zA-Z0-9]*$'),
  port: whole(1, 65535),
  replicas: whole(1, 100),
  replicasOrNone: whole(0, 100),
  duration: text('^[0-9]+(ms|s|m|h)$'),
  quantity: { type: ['string', 'integer', 'number'], pattern: '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$' },
  labels: { type: 'object', additionalProperties: { type: 'string' } },
  kubernetes: open('Open: as in the Kubernetes API'),
  kubernetesList: listOf(open('Open: as in the Kubernetes API')),
  texts: listOf(text('', { minLength: 1 })),
  containers: listOf({ type: 'object', required: ['name'], description: 'Open: as in the Kubernetes API' }),
  networks: listOf(text('^[0-9a-fA-F.:]+/[0-9]{1,3}$')),
  amountOrNothing: { type: ['string', 'integer'], pattern: '^([0-9]+%?)?$', minimum: 0 },
  pullSecrets: listOf({ type: ['string', 'object'], minLength: 1, required: ['name'], additionalProperties: false, properties: { name: text('', { minLength: 1 }) } }),
  fallback: closed({ failureThreshold: whole(1, 1000), replicas: whole(0, 100), behavior: text() }),
  hosts: listOf(ref('hostOrTemplate')),
  // A list; the map of 0.1 is let through, so that the templates can answer.
  tls: { ...listOf(closed({ secretName: ref('objectName'), hosts: ref('hosts') })), ...closed({ enabled: { description: moved }, secretName: { description: moved } }), type: ['array', 'object'] },
  paths: listOf({ type: 'object', required: ['path', 'backend'], description: 'Open: as in an Ingress' }),
  ruleGroups: listOf({ type: 'object', required: ['name', 'rules'], description: 'Open: as in a PrometheusRule' }),
  env: listOf(closed({ name: text('', { minLength: 1 }), value: { type: 'string' }, valueFrom: open('Open: as in a container') }, ['name'])),
  resources: closed({ requests: amounts, limits: amounts }, ['requests', 'limits']),
  probe: closed(
    { periodSeconds: whole(1, 300), timeoutSeconds: whole(1, 60), failureThreshold: whole(1, 1000) },
    ['periodSeconds', 'timeoutSeconds', 'failureThreshold'],
  ),
  parentRefs: listOf(closed(
    { name: text('', { minLength: 1 }), namespace: text(), sectionName: text(), port: ref('port'), group: text(), kind: text() },
    ['name'],
  )),
  destinations: listOf(closed(
    { cidr: text('^[0-9a-fA-F.:]+/[0-9]{1,3}$'), namespace: ref('objectName'), podLabels: ref('labels'), ports: { ...listOf(ref('port')), minItems: 1 } },
    ['ports'],
  )),
  secretsFromStore: {
    type: 'object',
    propertyNames: { pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' },
    additionalProperties: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[-._a-zA-Z0-9]+$' },
      additionalProperties: closed({ key: text('', { minLength: 1 }), property: text(), version: text() }, ['key']),
    },
  },
  image: closed({
    registry: { type: 'string' },
    repository: text('', { minLength: 1 }),
    tag: text('^[A-Za-z0-9_.-]*$'),
    digest: text('^$|^sha256:[0-9a-f]{64}$'),
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
  }),
  hostOrTemplate: text('^$|\\{\\{|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', { maxLength: 253 }),
  imageOrNone: closed({
    registry: { type: 'string' },
    repository: { type: 'string' },
    tag: text('^[A-Za-z0-9_.-]*$'),
    digest: text('^$|^sha256:[0-9a-f]{64}$'),
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
  }),
  host: text('^$|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', { maxLength: 253 }),
  origins: listOf(text('^https?://([a-z0-9.-]+|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?$')),
  address: text('^$|^https?://[^\\s]+$'),
  namesPart: text('^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', { maxLength: 40 }),
  namespaceName: text('^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', { maxLength: 63 }),
  basePath: text('^(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$', { maxLength: 100 }),
  bodyMemory: text('^(1[6-9]|[2-9][0-9]|[1-9][0-9]{2}|1000)MB$'),
  heap: text('^[1-9][0-9]{1,4}m$'),
  secondsFrom3: text('^([3-9]|[1-5][0-9]|60)s$'),
  secondsFrom1: text('^([1-9]|[1-5][0-9]|60)s$'),
  secondsFrom0: text('^([0-9]|[1-5][0-9]|60)s$'),
  durationOrNone: text('^$|^[0-9]+(ms|s|m|h)$'),
  refreshInterval: text('^[0-9]+[smh]$'),
  schedule: text('^(@(yearly|monthly|weekly|daily|hourly)|([0-9A-Za-z*/,-]+ ){4}[0-9A-Za-z*/,-]+)$'),
  proxy: text('^$|^http://[^\\s]+$'),
  publicUrl: text('^$|^https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~-]+)*$'),
  serverUrl: text('^$|^https?://[^/]+/?$'),
  databaseName: text('^[A-Za-z_][A-Za-z0-9_-]{0,50}$'),
  headerName: text('^$|^[A-Za-z][A-Za-z0-9-]{0,62}$'),
  agentName: text('^$|^[a-z][a-z0-9-]{0,62}$'),
  bucket: text('^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*)?$'),
  definitions: { type: 'object', propertyNames: { pattern: '^[a-z][a-z0-9-]{0,62}$' }, additionalProperties: { type: 'object' } },
  aliases,
}

/** The kind that a key has by its name, where its default has the kind's type. */
export const kindOf = [
  [/^existingSecret$|^existingConfigMap$|^runtimeClassName$|^(secret|className|storageClass|priorityClass|serviceAccount)Name$|^storageClass$/, 'objectName', 'string'],
  [/^existing[A-Za-z]*Key$/, 'secretKey', 'string'],
  [/^host$/, 'host', 'string'],
  [/^url$/, 'address', 'string'],
  [/^(port|[a-z]+Port)$/, 'port', 'number'],
  [/^replicaCount$/, 'replicasOrNone', 'number'],
  [/^(minReplicas|maxReplicas)$/, 'replicas', 'number'],
  [/^targetCpu$/, { type: 'integer', minimum: 1, maximum: 100 }, 'number'],
  [/[aA]nnotations$|[lL]abels$|^nodeSelector$/, 'labels', 'object'],
  [/^extraEnv$/, 'env', 'array'],
  [/^imagePullSecrets$/, 'pullSecrets', 'array'],
  [/^(extraEnvFrom|extraVolumes|extraVolumeMounts|tolerations|topologySpreadConstraints|extraEgress|extraIngress|allowFrom|parentRefs)$/, 'kubernetesList', 'array'],
  [/^(affinity|[a-zA-Z]*[sS]ecurityContext)$/, 'kubernetes', 'object'],
  [/^resources$/, 'resources', 'object'],
  [/^image$/, 'image', 'object'],
]

/** The kind that a default shows by its form. */
export const kindByForm = [
  [/^[0-9]+(ms|s|m|h)$/, 'duration'],
  [/^[0-9]+(Ki|Mi|Gi|Ti)$/, 'quantity'],
]
