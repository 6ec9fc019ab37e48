// What every rendering must keep, whatever the values: each rule answers with sentences about what breaks it.

import { isOurs, ofKind } from './rendering.mjs'

const name = (object) => `${object.kind} ${object.metadata.name}`

/** Pods and what makes Pods: pairs of the object and its Pod's metadata and spec. */
export function pods(objects) {
  return objects.flatMap((object) => {
    if (object.kind === 'Pod') return [{ object, labels: object.metadata.labels ?? {}, spec: object.spec }]
    const template = object.spec?.template ?? object.spec?.jobTemplate?.spec.template
    return template?.spec?.containers
      ? [{ object, labels: template.metadata.labels ?? {}, spec: template.spec }]
      : []
  })
}

const containers = (objects) =>
  pods(objects.filter(isOurs)).flatMap((pod) =>
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => ({ ...pod, container })),
  )

export function everyPodIsRestricted(objects) {
  return containers(objects).flatMap(({ object, spec, container }) => {
    const pod = spec.securityContext ?? {}
    const own = container.securityContext ?? {}
    const kept = {
      'runs as a user above 10000': own.runAsNonRoot && own.runAsUser > 10000 && own.runAsGroup > 10000,
      'gains no privileges': own.allowPrivilegeEscalation === false && !own.privileged,
      'has no capabilities': own.capabilities?.drop?.includes('ALL') && !own.capabilities.add,
      'has a read-only root': own.readOnlyRootFilesystem === true,
      'has the default seccomp profile': (own.seccompProfile ?? pod.seccompProfile)?.type === 'RuntimeDefault',
      'shares nothing with the node': !spec.hostNetwork && !spec.hostPID && !spec.hostIPC,
      'mounts no folder of the node': !(spec.volumes ?? []).some((volume) => volume.hostPath),
      'gets no token of the API server': spec.automountServiceAccountToken === false,
      'bounds what it writes': (spec.volumes ?? []).every((volume) => !volume.emptyDir || volume.emptyDir.sizeLimit),
    }
    return broken(kept, `${name(object)}, container ${container.name}`)
  })
}

export function everyContainerHasLimits(objects) {
  return containers(objects).flatMap(({ object, container }) =>
    ['cpu', 'memory', 'ephemeral-storage'].flatMap((kind) =>
      ['requests', 'limits']
        .filter((side) => container.resources?.[side]?.[kind] === undefined)
        .map((side) => `${name(object)}, container ${container.name}: no ${side}.${kind}`),
    ),
  )
}

export function everyServerHasThreeProbes(objects) {
  return containers(objects)
    .filter(({ object }) => !['Pod', 'CronJob'].includes(object.kind))
    .flatMap(({ object, container }) => {
      const { startupProbe, livenessProbe, readinessProbe } = container
      const differ = JSON.stringify(livenessProbe?.httpGet) !== JSON.stringify(readinessProbe?.httpGet)
      return broken(
        { 'has three probes': startupProbe && livenessProbe && readinessProbe, 'tells alive from ready': differ },
        name(object),
      )
    })
}

export function everySelectorFindsPods(objects) {
  const selects = (selector, pod) => Object.entries(selector).every(([key, value]) => pod.labels[key] === value)
  const all = pods(objects)
  return objects.filter(isOurs).flatMap((object) => {
    const selector = {
      Service: object.spec?.selector,
      NetworkPolicy: object.spec?.podSelector?.matchLabels,
      PodDisruptionBudget: object.spec?.selector?.matchLabels,
      Deployment: object.spec?.selector?.matchLabels,
    }[object.kind]
    return !selector || all.some((pod) => selects(selector, pod)) ? [] : [`${name(object)} selects no Pod`]
  })
}

export function everyPortIsOpen(objects) {
  const ports = new Set(containers(objects).flatMap(({ container }) => (container.ports ?? []).map((port) => port.name)))
  return ofKind(objects.filter(isOurs), 'Service').flatMap((service) =>
    service.spec.ports
      .filter((port) => !ports.has(port.targetPort))
      .map((port) => `${name(service)} leads to the port "${port.targetPort}", which no container has`),
  )
}

/** `outside`: Secrets that the values name and the user makes. */
export function everyReferenceIsThere(objects, outside = []) {
  const there = new Set([...objects.map((object) => `${object.kind}/${object.metadata.name}`), ...outside])
  const used = containers(objects).flatMap(({ object, spec, container }) => [
    ...(container.env ?? []).flatMap(({ valueFrom }) =>
      valueFrom?.secretKeyRef ? [[object, `Secret/${valueFrom.secretKeyRef.name}`]] : [],
    ),
    ...(spec.volumes ?? []).flatMap((volume) =>
      volume.configMap ? [[object, `ConfigMap/${volume.configMap.name}`]] : [],
    ),
    ...(spec.serviceAccountName ? [[object, `ServiceAccount/${spec.serviceAccountName}`]] : []),
  ])
  const routed = ofKind(objects, 'Ingress').flatMap((ingress) =>
    ingress.spec.rules.flatMap((rule) => rule.http.paths.map((path) => [ingress, `Service/${path.backend.service.name}`])),
  )
  return [...used, ...routed]
    .filter(([, reference]) => !there.has(reference))
    .map(([object, reference]) => `${name(object)} needs ${reference}, which is not there`)
}

export function everyPodHasItsPolicy(objects) {
  const policies = ofKind(objects, 'NetworkPolicy').filter((policy) => policy.spec.policyTypes?.length === 2)
  return pods(objects.filter(isOurs)).flatMap(({ object, labels }) =>
    policies.some((policy) =>
      Object.entries(policy.spec.podSelector.matchLabels ?? {}).every(([key, value]) => labels[key] === value),
    )
      ? []
      : [`${name(object)} has no NetworkPolicy for both ways`],
  )
}

export function noBudgetBlocksADrain(objects) {
  const replicas = ({ metadata: { name } }) => {
    const scaler = objects.find(({ spec }) => spec?.scaleTargetRef?.name === name)?.spec
    return scaler?.minReplicas ?? scaler?.minReplicaCount ?? objects.find((one) => one.kind === 'Deployment' && one.metadata.name === name).spec.replicas
  }
  const letsOneGo = (budget, { minAvailable, maxUnavailable }) => {
    if (minAvailable === undefined) return parseInt(maxUnavailable) >= 1
    return String(minAvailable).endsWith('%') ? parseInt(minAvailable) < 100 : minAvailable < replicas(budget)
  }
  return ofKind(objects.filter(isOurs), 'PodDisruptionBudget').flatMap((budget) =>
    broken(
      {
        'lets one Pod go': letsOneGo(budget, budget.spec),
        'lets sick Pods go at once': budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
      },
      name(budget),
    ),
  )
}

export function noPasswordIsInTheClear(objects) {
  return containers(objects).flatMap(({ object, container }) =>
    (container.env ?? [])
      .filter((variable) => /PASSWORD|_KEY$|_URL$|^KEY$/.test(variable.name) && variable.name !== 'MODEL_URL')
      .filter((variable) => !variable.valueFrom?.secretKeyRef)
      .map((variable) => `${name(object)} says ${variable.name} in the clear`),
  )
}

const broken = (kept, where) =>
  Object.entries(kept)
    .filter(([, holds]) => !holds)
    .map(([rule]) => `${where}: not true that it ${rule}`)
