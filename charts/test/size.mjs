// How large a release is, by its rendering: Pods, what they ask for and may take, disks and load balancers.

import { pods } from './rules.mjs'

const units = { m: 1e-3, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 }
const GiB = 2 ** 30

/** "250m" is 0.25, "1Gi" is 1073741824. */
export function amount(quantity = 0) {
  const [, number, unit] = String(quantity).match(/^([0-9.]+)([a-zA-Z]*)$/)
  return Number(number) * (unit ? units[unit] : 1)
}

/** What runs all the time; jobs, hooks and tests come and go. */
export function sizeOf(objects) {
  const size = { pods: 0, mostPods: 0, requests: { cpu: 0, memory: 0 }, limits: { cpu: 0, memory: 0 }, storage: 0, balancers: 0 }
  const scalers = Object.fromEntries(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ spec }) => [`${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name}`, spec]),
  )
  for (const { object, spec } of pods(objects)) {
    if (!['Deployment', 'StatefulSet'].includes(object.kind)) continue
    const scaler = scalers[`${object.kind} ${object.metadata.name}`]
    const replicas = scaler?.minReplicas ?? object.spec.replicas ?? 1
    size.pods += replicas
    size.mostPods += scaler?.maxReplicas ?? replicas
    for (const side of ['requests', 'limits']) {
      for (const what of ['cpu', 'memory']) {
        size[side][what] += replicas * spec.containers.reduce((sum, { resources }) => sum + amount(resources?.[side]?.[what]), 0)
      }
    }
    const claims = object.spec.volumeClaimTemplates ?? []
    size.storage += (replicas * claims.reduce((sum, claim) => sum + storageOf(claim), 0)) / GiB
  }
  size.storage += objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').reduce((sum, claim) => sum + storageOf(claim), 0) / GiB
  size.balancers = objects.filter((object) => object.spec?.type === 'LoadBalancer' || isCloudIngress(object)).length
  size.requests.memory /= GiB
  size.limits.memory /= GiB
  return size
}

const storageOf = (claim) => amount(claim.spec.resources.requests.storage)

/** Google and Amazon make a load balancer of their own for each Ingress of theirs. */
const isCloudIngress = ({ kind, spec, metadata }) =>
  kind === 'Ingress' && (spec.ingressClassName === 'alb' || metadata.annotations?.['kubernetes.io/ingress.class'] === 'gce')
