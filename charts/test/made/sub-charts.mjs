// Keys of the sub-charts that operators set. Their charts take any other key without a word, and a volume of the default size for
// one that is misspelt; so a name that is one slip of the fingers away from one of these is refused.

import { slipsOf } from './near.mjs'

export const subChartKeys = {
  postgresql: ['architecture', 'auth', 'image', 'metrics', 'primary', 'readReplicas'],
  'postgresql.auth': ['database', 'existingSecret', 'password', 'postgresPassword', 'username'],
  'postgresql.image': ['digest', 'registry', 'repository'],
  'postgresql.primary': ['affinity', 'configuration', 'extendedConfiguration', 'initdb', 'nodeSelector', 'persistence', 'resources', 'tolerations'],
  'postgresql.primary.persistence': ['enabled', 'existingClaim', 'size', 'storageClass', 'volumeName'],
  'postgresql.readReplicas': ['affinity', 'nodeSelector', 'persistence', 'replicaCount', 'resources', 'tolerations'],
  'postgresql.readReplicas.persistence': ['enabled', 'existingClaim', 'size', 'storageClass'],
  'ingress-nginx': ['controller'],
  'ingress-nginx.controller': ['affinity', 'config', 'extraArgs', 'hostNetwork', 'hostPort', 'ingressClass', 'nodeSelector', 'replicaCount', 'resources', 'service', 'tolerations'],
  'ingress-nginx.controller.service': ['annotations', 'externalTrafficPolicy', 'loadBalancerIP', 'nodePorts', 'type'],
}

/** Puts them into the schema, at levels that are made where our values have none. */
export function withSubChartKeys(root) {
  for (const [path, keys] of Object.entries(subChartKeys)) {
    let node = root
    for (const name of path.split('.')) {
      node.properties ??= {}
      node = node.properties[name] ??= { type: 'object' }
    }
    node.patternProperties = Object.assign({}, ...keys.map(slipsOf))
  }
  return root
}
