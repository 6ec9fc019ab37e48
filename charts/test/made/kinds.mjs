// What the schema knows of keys besides the type of their default: kinds by the key's name, the same wherever the key stands.

/** What stands in the schema for a key that has gone. */
export const moved = 'No key: known.yaml says what to do instead'

const text = (pattern, more = {}) => ({ type: 'string', ...(pattern && { pattern }), ...more })
const whole = (minimum, maximum) => ({ type: 'integer', minimum, maximum })
const open = (description) => ({ type: 'object', description })
const listOf = (items) => ({ type: 'array', items })
const ref = (kind) => ({ $ref: `#/$defs/${kind}` })
export const closed = (properties, required) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required && { required }),
})

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
}

const name = 'lower-case letters, digits and hyphens, beginning and ending with a letter or digit'
const duration = 'a whole number with ms, s, m or h, such as 30s'
const host = 'the name of a host, such as wheelhouse.example.org, without scheme, port and path'

/** What each pattern means, for people: a refusal says it beside the pattern. */
export const forms = {
  '^$|^[A-Za-z][A-Za-z0-9-]{0,62}$': 'the name of a header, such as X-Canary, or empty',
  '^$|^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$': `the name of an object: ${name}; dots may be within`,
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$': `the name of an object: ${name}; dots may be within`,
  '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$': name,
  '^[-._a-zA-Z0-9]+$': 'a key of a Secret or ConfigMap: letters, digits, hyphens, dots and underscores',
  '^[-._a-zA-Z0-9]*$': 'a key of a Secret or ConfigMap: letters, digits, hyphens, dots and underscores',
  '^[0-9]+(ms|s|m|h)$': duration,
  '^$|^[0-9]+(ms|s|m|h)$': duration,
  '^[0-9]+[smh]$': 'a whole number with s, m or h, such as 1h',
  '^([3-9]|[1-5][0-9]|60)s$': 'whole seconds from 3s to 60s',
  '^([0-9]|[1-5][0-9]|60)s$': 'whole seconds from 0s to 60s',
  '^([1-9]|[1-5][0-9]|60)s$': 'whole seconds from 1s to 60s',
  '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$': 'an amount as Kubernetes writes it, such as 500m, 0.5 or 512Mi',
  '^([0-9]+%?)?$': 'a whole number, or one with %, such as 25%',
  '^[0-9a-fA-F.:]+/[0-9]{1,3}$': 'a network as address/bits, such as 10.0.0.0/8',
  '^(1[6-9]|[2-9][0-9]|[1-9][0-9]{2}|1000)MB$': 'whole megabytes from 16MB to 1000MB',
  '^[1-9][0-9]{1,4}m$': 'whole megabytes with m, such as 160m',
  '^$|^https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~-]+)*$': 'an address such as https://agents.example.org, without a slash at its end',
  '^[A-Za-z0-9_.-]*$': 'a tag: letters, digits, underscores, dots and hyphens; a digest goes to digest',
  '^$|^sha256:[0-9a-f]{64}$': 'a digest: sha256: and 64 hexadecimal digits',
  '^$|\\{\\{|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': host,
  '^$|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': host,
  '^$|^https?://[^\\s]+$': 'an address that begins with http:// or https://',
  '^https?://': 'an address that begins with http:// or https://',
  '^$|^http://[^\\s]+$': 'the address of a proxy that begins with http://, such as http://proxy:3128',
  '^(none|http://.+)$': 'none, or the address of a proxy that begins with http://',
  '^$|^https?://[^/]+/?$': 'http:// or https:// and a host, without a path',
  '^https?://([a-z0-9.-]+|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?$': 'an origin as browsers send it, such as https://app.example.org, without a path',
  '^(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$': 'a path that begins with a slash and ends without one, such as /wheelhouse',
  '^[a-z][a-z0-9-]{0,62}$': 'a name of at most 63 lower-case letters, digits and hyphens beginning with a letter',
  '^$|^[a-z][a-z0-9-]{0,62}$': 'the name of an agent: lower-case letters, digits and hyphens, a letter first',
  '^[A-Za-z_][A-Za-z0-9_]*$': 'the name of a variable: letters, digits and underscores, no digit first',
  '^[A-Za-z_][A-Za-z0-9_-]{0,50}$': 'the name of a database: letters, digits, underscores and hyphens, no digit first',
  '^/': 'the path of a file that begins with a slash',
  '^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*)?$': 'a bucket, and folders behind slashes, such as backups/wheelhouse',
  '^[a-z0-9-]{1,40}$': 'the name of a region, such as eu-central-1',
  '^[a-z]{1,20}$': 'one lower-case word, such as low',
  '^(@(yearly|monthly|weekly|daily|hourly)|([0-9A-Za-z*/,-]+ ){4}[0-9A-Za-z*/,-]+)$': 'a schedule of cron: five fields such as 17 2 * * *, or @daily',
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
