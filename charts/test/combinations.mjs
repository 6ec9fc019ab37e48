// Good values by the hundred: every two choices below meet in at least one combination, the rest is drawn by a seed.

const bundledIngressOff = { 'ingress-nginx': { enabled: false } }
const pg = (more) => ({ postgresql: { enabled: false }, database: { existingSecret: 'db', ...more } })

/** What the files leave to the operator: a digest, and an image with pg_dump for a Postgres that is not the bundled one. */
const said = { postgresql: { image: { digest: `sha256:${'d'.repeat(64)}` } }, backup: { image: { repository: 'postgres', tag: '18' } } }

/** What can be chosen, by name. A choice is a values file's name, or values, or nothing. */
export const choices = {
  base: { defaults: {}, dev: { file: 'dev' }, staging: { file: 'staging', values: said }, prod: { file: 'prod', values: said } },
  database: {
    bundled: {},
    replicated: { values: { postgresql: { architecture: 'replication', image: { digest: `sha256:${'c'.repeat(64)}` } } } },
    'by host': { values: pg({ host: 'db.example', port: 6432, existingSecretKey: 'pass' }) },
    'by address': { values: pg({ existingSecretUrlKey: 'url' }) },
    'by file': { file: 'external-postgres' },
    cloudnativepg: { file: 'cloudnativepg' },
  },
  edge: {
    bundled: { values: { ingress: { annotations: { 'nginx.ingress.kubernetes.io/limit-rps': '50' } } } },
    'another class name': { values: { 'ingress-nginx': { rbac: { scope: false }, controller: { scope: { enabled: false }, ingressClass: 'second', ingressClassResource: { enabled: true, name: 'second', controllerValue: 'k8s.io/second' } } } } },
    'other-ingress': { file: 'other-ingress' },
    gke: { file: 'gke' },
    eks: { file: 'eks' },
    haproxy: { values: { ...bundledIngressOff, ingress: { provider: 'haproxy', className: 'haproxy' } } },
    gateway: { file: 'gateway' },
    'Gateway of GKE': { file: 'gateway', values: { gateway: { provider: 'gke' } } },
    'Route of OpenShift': {
      values: { ...bundledIngressOff, ingress: { enabled: false, tls: [] }, route: { enabled: true, host: 'a.apps.example', tls: { secretName: 'cert' } } },
    },
    'load balancer of its own': {
      values: {
        ...bundledIngressOff,
        ingress: { enabled: false, tls: [] },
        networkPolicy: { allowFrom: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
        frontend: { service: { type: 'LoadBalancer', loadBalancerClass: 'example.com/one', externalTrafficPolicy: 'Local', ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4', 'IPv6'] } },
        backend: { service: { type: 'NodePort', nodePort: 30333 } },
      },
    },
    'no preset': { values: { ...bundledIngressOff, ingress: { provider: 'none' } } },
    'Ingress and Gateway': {
      values: { ...bundledIngressOff, ingress: { provider: 'none' }, gateway: { enabled: true, hosts: ['a.example'], parentRefs: [{ name: 'public' }] } },
    },
    nothing: { values: { ...bundledIngressOff, ingress: { enabled: false, tls: [] } } },
  },
  tls: {
    'as it is': {},
    several: {
      values: {
        ingress: {
          hosts: ['here.example.com', '{{ .Release.Name }}.example.com'],
          tls: [{ secretName: 'tls' }, { secretName: 'other', hosts: ['here.example.com'] }],
          extraPaths: [{ path: '/docs', pathType: 'Prefix', backend: { service: { name: 'docs', port: { number: 80 } } } }],
          labels: { a: 'b' },
        },
      },
    },
    named: { values: { ingress: { hosts: ['here.example.com'], tls: [{ secretName: 'tls' }] } } },
  },
  auth: {
    'a made key': {},
    'a key of a store': {
      values: {
        auth: { existingSecret: 'mine' },
        externalSecrets: { enabled: true, storeRef: { name: 'vault' }, secrets: { mine: { 'bootstrap-key': { key: 'wheelhouse', property: 'key' } } } },
      },
    },
    'a given key': { values: { auth: { existingSecret: 'mine', existingSecretKey: 'key' } } },
    open: { values: { auth: { mode: 'none', allowOpen: true } } },
  },
  models: {
    demo: {},
    openai: { values: { models: { openai: { existingSecret: 'openai' } } } },
    both: { values: { models: { openai: { existingSecret: 'openai' }, anthropic: { existingSecret: 'anthropic' } } } },
    server: { values: { models: { server: { url: 'http://vllm.models:8000/v1', name: 'qwen', existingSecret: 'vllm' } } } },
  },
  scale: {
    'as it is': {},
    parked: { values: { backend: { replicaCount: 0 }, frontend: { replicaCount: 0 } } },
    'by size': {
      values: {
        backend: { verticalPodAutoscaler: { enabled: true, minAllowed: { memory: '256Mi' }, controlledResources: ['memory'] } },
        frontend: { replicaCount: 4, podDisruptionBudget: { minAvailable: '50%' }, verticalPodAutoscaler: { enabled: true } },
      },
    },
    'by KEDA, paused': {
      values: {
        backend: {
          autoscaling: { enabled: true, by: 'keda', targetMemory: 80, kedaTriggers: [{ type: 'cron', metadata: { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '3' } }], keda: { pausedReplicas: 2, fallback: { failureThreshold: 3, replicas: 2 } } },
        },
      },
    },
    'three of each': { values: { backend: { replicaCount: 3 }, frontend: { replicaCount: 3 } } },
    'by the queue': {
      values: { backend: { autoscaling: { enabled: true, queue: { metric: 'wheelhouse_runs_due', matchLabels: { tenant: 'default' } } } } },
    },
    'by KEDA': {
      values: {
        backend: { autoscaling: { enabled: true, by: 'keda', kedaTriggers: [{ type: 'cron', metadata: { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '3' } }] } },
      },
    },
    automatic: { values: { backend: { autoscaling: { enabled: true } }, frontend: { autoscaling: { enabled: true } } } },
  },
  network: {
    'as it is': {},
    open: { values: { networkPolicy: { enabled: false }, monitoring: { port: 0 } } },
    told: {
      values: {
        networkPolicy: {
          metricsFrom: [{ podSelector: { matchLabels: { app: 'prometheus' } } }],
          dnsTo: [{ ipBlock: { cidr: '10.96.0.10/32' } }],
          apiServerTo: [{ ipBlock: { cidr: '10.96.0.1/32' } }],
        },
      },
    },
    'metrics apart': {
      values: {
        monitoring: { port: 9090, serviceMonitor: { enabled: true } },
        networkPolicy: { metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }] },
        http: { allowOrigins: ['https://app.example.org'] },
      },
    },
    narrow: { values: { networkPolicy: { allowInternet: false, allowFrom: [{ ipBlock: { cidr: '10.0.0.0/8' } }] } } },
    'with a model server': {
      values: { networkPolicy: { allowTo: [{ namespace: 'models', podLabels: { app: 'vllm' }, ports: [8000] }, { cidr: '10.1.0.0/16', ports: [443] }] } },
    },
  },
  images: {
    'as they are': {},
    airgap: { file: 'airgap' },
    'pulled by maps': { values: { global: { imagePullSecrets: [{ name: 'pull' }] } } },
    mirror: { values: { global: { imageRegistry: 'mirror.local:5000', image: { registry: 'mirror.local:5000' }, imagePullSecrets: ['pull'], security: { allowInsecureImages: true } } } },
    digests: {
      values: {
        backend: { image: { digest: `sha256:${'a'.repeat(64)}` } },
        frontend: { image: { registry: 'ghcr.io', digest: `sha256:${'b'.repeat(64)}` } },
      },
    },
    tags: { values: { backend: { image: { tag: '1.2.3', pullPolicy: 'Always' } }, frontend: { image: { tag: 'main_7' } } } },
  },
  names: {
    'as they are': {},
    full: { values: { fullnameOverride: 'wh' } },
    chart: { values: { nameOverride: 'agents' } },
    long: { values: { fullnameOverride: 'a'.repeat(40) } },
  },
  pods: {
    'as they are': {},
    OpenShift: { values: { global: { compatibility: { openshift: { adaptSecurityContext: 'force' } } } } },
    bent: {
      values: {
        basePath: '/apps/wheelhouse',
        namespaceOverride: 'there',
        postgresql: { namespaceOverride: 'there' },
        'ingress-nginx': { namespaceOverride: 'there' },
        outbound: { caBundle: { existingConfigMap: 'ca' }, proxy: { http: 'http://proxy:3128', https: 'http://proxy:3128', noProxy: ['.corp'], untrusted: true } },
        monitoring: {
          port: 0,
          serviceMonitor: { enabled: true, existingSecret: 'read', scrapeTimeout: '5s', relabelings: [{ action: 'labeldrop', regex: 'x' }] },
          prometheusRule: { enabled: true, groups: [{ name: 'own', rules: [{ alert: 'Down', expr: 'up == 0', for: '5m' }] }] },
        },
        networkPolicy: { metricsFrom: [{ podSelector: { matchLabels: { app: 'prometheus' } } }], dnsTo: [{ ipBlock: { cidr: '10.0.0.10/32' } }] },
        ...Object.fromEntries(
          ['backend', 'frontend'].map((component) => [
            component,
            {
              strategy: { rollingUpdate: { maxSurge: '25%' } },
              minReadySeconds: 5,
              revisionHistoryLimit: 2,
              progressDeadlineSeconds: 300,
              deploymentLabels: { a: 'b' },
              deploymentAnnotations: { c: '{{ .Release.Name }}' },
              podSecurityContext: { fsGroupChangePolicy: 'OnRootMismatch', supplementalGroups: [5000] },
              containerSecurityContext: { seLinuxOptions: { level: 's0:c1,c2' } },
              runtimeClassName: 'gvisor',
              hostUsers: false,
              dnsPolicy: 'None',
              dnsConfig: { nameservers: ['10.0.0.10'], options: [{ name: 'ndots', value: '2' }] },
              hostAliases: [{ ip: '10.0.0.9', hostnames: ['db.example'] }],
              command: ['/bin/own'],
              args: ['--release={{ .Release.Name }}'],
              lifecycle: { postStart: { exec: { command: ['true'] } } },
              serviceAccount: { labels: { a: 'b' } },
              service: { labels: { a: 'b' } },
            },
          ]),
        ),
      },
    },
  },
  place: {
    anywhere: {},
    chosen: {
      values: Object.fromEntries(
        ['backend', 'frontend'].map((component) => [
          component,
          {
            nodeSelector: { pool: 'agents' },
            tolerations: [{ key: 'agents', operator: 'Exists', effect: 'NoSchedule' }],
            priorityClassName: 'high',
            affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
            topologySpreadConstraints: [
              { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { a: 'b' } } },
            ],
          },
        ]),
      ),
    },
  },
  extras: {
    none: {},
    all: {
      values: {
        commonLabels: { team: 'agents' },
        commonAnnotations: { owner: 'agents@example.com' },
        approvals: { webhookUrl: 'https://chat.example.org/hooks/approvals' },
        models: { aliases: { fast: [{ provider: 'demo', name: 'demo' }] } },
        extraObjects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' } }, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-text"}'],
        definitions: { helper: { instructions: 'Help', tools: ['http_fetch'] } },
        http: { bodyMemory: '48MB' },
        signIns: { publicUrl: 'https://agents.example.org/apps/wheelhouse' },
        knowledge: { maxFile: 209715200, embeddings: { provider: 'openai', url: 'https://api.example.org/v1', existingSecret: 'embeddings' } },
        backend: {
          podAnnotations: { a: 'b' },
          podLabels: { c: 'd' },
          extraEnvFrom: [{ configMapRef: { name: 'proxy' } }],
          extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
          extraVolumeMounts: [{ name: 'ca', mountPath: '/etc/ca', readOnly: true }],
          extraEnv: [{ name: 'TZ', value: 'UTC' }, { name: 'PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } }],
          settings: { chat: { 'max-input': 5000 } },
          service: { port: 8080, annotations: { e: 'f' } },
          serviceAccount: { annotations: { 'iam.gke.io/gcp-service-account': 'x@y' } },
        },
        frontend: { podAnnotations: { a: 'b' }, podLabels: { c: 'd' }, service: { port: 8081 } },
      },
    },
    least: {
      values: {
        test: { enabled: false },
        backend: { podDisruptionBudget: { enabled: false }, serviceAccount: { create: false }, stopDelaySeconds: 0 },
        frontend: { podDisruptionBudget: { enabled: false }, serviceAccount: { create: false, name: 'shared' }, stopDelaySeconds: 0 },
      },
    },
  },
}

/** Choices that cannot meet in one release. */
const contradicts = (picked) =>
  // TLS of an Ingress that is not there, and names that an overlay chose before.
  picked.tls !== 'as it is' && ['gateway', 'Gateway of GKE', 'nothing', 'Route of OpenShift', 'load balancer of its own'].includes(picked.edge)

export function combinations(atLeast, seed) {
  const random = generator(seed)
  const names = Object.keys(choices)
  const open = pairsOf(names)
  const all = open.size
  const met = []
  const seen = new Set()
  while (met.length < atLeast || open.size > 0) {
    const picked = best(names, open, random)
    const key = JSON.stringify(picked)
    if (seen.has(key)) continue
    seen.add(key)
    for (const pair of pairsIn(picked)) open.delete(pair)
    met.push(picked)
  }
  return { combinations: met, pairs: all }
}

/** Of some random picks the one that has the most pairs which have not met yet. */
function best(names, open, random) {
  let most = -1
  let chosen
  for (let tries = 0; tries < 30; tries++) {
    const picked = Object.fromEntries(names.map((name) => [name, draw(Object.keys(choices[name]), random)]))
    if (contradicts(picked)) continue
    const fresh = pairsIn(picked).filter((pair) => open.has(pair)).length
    if (fresh > most) [most, chosen] = [fresh, picked]
  }
  return chosen
}

function pairsOf(names) {
  const pairs = new Set()
  for (const one of names)
    for (const other of names)
      if (one < other)
        for (const a of Object.keys(choices[one]))
          for (const b of Object.keys(choices[other])) if (!contradicts({ [one]: a, [other]: b })) pairs.add(`${one}=${a} ${other}=${b}`)
  return pairs
}

function pairsIn(picked) {
  const names = Object.keys(picked).sort()
  return names.flatMap((one, at) => names.slice(at + 1).map((other) => `${one}=${picked[one]} ${other}=${picked[other]}`))
}

const draw = (list, random) => list[Math.floor(random() * list.length)]

/** Numbers that are the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
