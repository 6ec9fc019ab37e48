// Makes schemas.json.gz: strict JSON schemas of the kinds that charts make, for each Kubernetes version that the chart is for, from what
// Kubernetes and the makers of custom kinds publish in their Go modules. Run it when a version is added: scripts/chart-kinds

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAllDocuments } from 'yaml'

const kubernetes = ['1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3']

const native = {
  '/v1': ['ConfigMap', 'LimitRange', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
}

const custom = {
  'sigs.k8s.io/gateway-api@v1.4.1': ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  'github.com/kedacore/keda/v2@v2.21.0': ['config/crd/bases/keda.sh_scaledobjects.yaml', 'config/crd/bases/keda.sh_triggerauthentications.yaml'],
  'github.com/external-secrets/external-secrets@v1.3.2': ['config/crds/bases/external-secrets.io_externalsecrets.yaml'],
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': ['servicemonitors', 'podmonitors', 'prometheusrules'].map(
    (kind) => `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
  ),
  'github.com/cloudnative-pg/cloudnative-pg@v1.27.1': ['config/crd/bases/postgresql.cnpg.io_clusters.yaml'],
  'k8s.io/autoscaler/vertical-pod-autoscaler@v1.8.1': ['deploy/vpa-v1-crd-gen.yaml'],
  'github.com/cert-manager/cert-manager@v1.21.2': ['deploy/crds/cert-manager.io_certificates.yaml'],
  'github.com/openshift/api@v0.0.0-20260716173118-05da40ea9855': ['route/v1/zz_generated.crd-manifests/routes.crd.yaml'],
}

/** What Google publishes as a page only, as far as we use it: cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration */
const whole = { type: 'integer' }
const backendConfig = {
  type: 'object',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {},
    spec: {
      type: 'object',
      properties: {
        timeoutSec: whole,
        connectionDraining: { type: 'object', properties: { drainingTimeoutSec: whole } },
        healthCheck: {
          type: 'object',
          properties: {
            checkIntervalSec: whole,
            timeoutSec: whole,
            healthyThreshold: whole,
            unhealthyThreshold: whole,
            port: whole,
            type: { type: 'string', enum: ['HTTP', 'HTTPS', 'HTTP2'] },
            requestPath: { type: 'string' },
          },
        },
      },
    },
  },
}

/** The same for Gateways: cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources */
const targetRef = { type: 'object', required: ['group', 'kind', 'name'], properties: { group: { type: 'string' }, kind: { type: 'string' }, name: { type: 'string' } } }
const gatewayPolicy = (properties) => ({
  type: 'object',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {},
    spec: { type: 'object', required: ['default', 'targetRef'], properties: { default: { type: 'object', properties }, targetRef } },
  },
})
const gatewayPolicies = {
  GCPBackendPolicy: gatewayPolicy({ timeoutSec: whole, connectionDraining: { type: 'object', properties: { drainingTimeoutSec: whole } } }),
  HealthCheckPolicy: gatewayPolicy({
    config: {
      type: 'object',
      required: ['type'],
      properties: {
        type: { type: 'string', enum: ['TCP', 'HTTP', 'HTTPS', 'HTTP2', 'GRPC'] },
        httpHealthCheck: { type: 'object', properties: { port: whole, host: { type: 'string' }, requestPath: { type: 'string' } } },
      },
    },
  }),
}

const isQuantity = /\.Quantity$/
const isIntOrString = /\.IntOrString$/

/** Definitions by name: [[versions, schema], …], so that what stayed the same is kept once. */
const definitions = {}
/** Kinds as kubeconform asks for them: "deployment-apps-v1" is the definition of that name. */
const roots = {}

for (const version of kubernetes) {
  const { definitions: all } = JSON.parse(readFileSync(join(moduleOf(`k8s.io/kubernetes@v${version}`), 'api/openapi-spec/swagger.json')))
  const wanted = Object.entries(all).filter(([, { 'x-kubernetes-group-version-kind': of }]) =>
    of?.some(({ group, version: v, kind }) => native[`${group}/${v}`]?.includes(kind)),
  )
  const seen = new Set()
  const take = (name) => {
    if (seen.has(name)) return
    seen.add(name)
    const schema = strict(all[name], name, (found) => take(found))
    remember(name, version, schema)
  }
  for (const [name, { 'x-kubernetes-group-version-kind': [kind] }] of wanted) {
    roots[fileOf(kind)] = name
    take(name)
  }
}

for (const [module, files] of Object.entries(custom)) {
  const folder = moduleOf(module)
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      const { spec } = document.toJS() ?? {}
      for (const version of spec?.versions.filter((one) => one.served) ?? []) {
        rememberCustom({ group: spec.group, version: version.name, kind: spec.names.kind }, version.schema.openAPIV3Schema)
      }
    }
  }
}
rememberCustom({ group: 'cloud.google.com', version: 'v1', kind: 'BackendConfig' }, backendConfig)
for (const [kind, schema] of Object.entries(gatewayPolicies)) rememberCustom({ group: 'networking.gke.io', version: 'v1', kind }, schema)

const made = JSON.stringify({ versions: kubernetes, roots, definitions })
const path = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'schemas.json.gz')
writeFileSync(path, gzipSync(made, { level: 9 }))
console.log(`${Object.keys(roots).length} kinds of ${kubernetes.length} versions in ${Math.round(readFileSync(path).length / 1024)} KiB`)

/** Only what is named is allowed; descriptions are left out. */
function strict(schema, name, found) {
  if (Array.isArray(schema)) return schema.map((inner) => strict(inner, '', found))
  if (schema === null || typeof schema !== 'object') return schema
  if (isQuantity.test(name)) return { type: ['string', 'number'] }
  if (isIntOrString.test(name) || schema['x-kubernetes-int-or-string']) return { type: ['string', 'integer'] }
  if (schema.$ref) {
    found(schema.$ref.replace('#/definitions/', ''))
    return { $ref: schema.$ref }
  }
  const kept = {}
  for (const word of ['type', 'enum', 'required', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems']) {
    if (schema[word] !== undefined) kept[word] = schema[word]
  }
  if (schema.items) kept.items = strict(schema.items, '', found)
  if (schema.additionalProperties) kept.additionalProperties = strict(schema.additionalProperties, '', found)
  if (schema.properties) {
    kept.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, strict(inner, '', found)]))
    if (!schema['x-kubernetes-preserve-unknown-fields'] && !schema.additionalProperties) kept.additionalProperties = false
  }
  return kept
}

function rememberCustom(kind, published) {
  const name = `${kind.group}.${kind.version}.${kind.kind}`
  roots[fileOf(kind)] = name
  const schema = strict(published, name, () => {})
  schema.properties.metadata = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }
  for (const one of kubernetes) remember(name, one, schema)
}

function remember(name, version, schema) {
  const variants = (definitions[name] ??= [])
  const text = JSON.stringify(schema)
  const same = variants.find(([, known]) => JSON.stringify(known) === text)
  if (same) same[0].push(version)
  else variants.push([[version], schema])
}

function fileOf({ group, version, kind }) {
  return [kind, group.split('.')[0], version].filter(Boolean).join('-').toLowerCase()
}

function moduleOf(module) {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: '/' })).Dir
}
