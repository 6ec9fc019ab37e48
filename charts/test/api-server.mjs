// As much of a Kubernetes API server as helm's "lookup" needs: it lists kinds, and knows the objects it was given.

import { createServer } from 'node:http'

const kinds = {
  v1: { pods: 'Pod', secrets: 'Secret', configmaps: 'ConfigMap', services: 'Service', serviceaccounts: 'ServiceAccount', persistentvolumeclaims: 'PersistentVolumeClaim' },
  'apps/v1': { deployments: 'Deployment', statefulsets: 'StatefulSet' },
  'batch/v1': { jobs: 'Job', cronjobs: 'CronJob' },
  'autoscaling/v2': { horizontalpodautoscalers: 'HorizontalPodAutoscaler' },
  'networking.k8s.io/v1': { networkpolicies: 'NetworkPolicy', ingresses: 'Ingress', ingressclasses: 'IngressClass' },
  'rbac.authorization.k8s.io/v1': { roles: 'Role', rolebindings: 'RoleBinding', clusterroles: 'ClusterRole', clusterrolebindings: 'ClusterRoleBinding' },
  'admissionregistration.k8s.io/v1': { validatingwebhookconfigurations: 'ValidatingWebhookConfiguration' },
  'storage.k8s.io/v1': { storageclasses: 'StorageClass' },
  'policy/v1': { poddisruptionbudgets: 'PodDisruptionBudget' },
}

/** Runs `use` with the address of a server that holds `objects`, by path. */
export async function withApiServer(objects, use) {
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url, 'http://here').pathname, objects)
    response.writeHead(body.code ?? 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    return await use(`http://127.0.0.1:${server.address().port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function answer(path, objects) {
  if (path === '/version') return { major: '1', minor: '34', gitVersion: 'v1.34.0' }
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() }
  const version = path.match(/^\/apis?\/((?:[a-z0-9.]+\/)?v[0-9])$/)?.[1]
  if (version && kinds[version]) return list(version)
  return objects[path] ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 }
}

const groups = () =>
  Object.keys(kinds)
    .filter((version) => version.includes('/'))
    .map((groupVersion) => {
      const [name, version] = groupVersion.split('/')
      return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } }
    })

const list = (version) => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: version,
  resources: Object.entries(kinds[version]).map(([name, kind]) => ({
    name,
    kind,
    singularName: '',
    namespaced: !/^(IngressClass|StorageClass|Cluster.*|.*WebhookConfiguration)$/.test(kind),
    verbs: ['get', 'list', 'create', 'patch'],
  })),
})
