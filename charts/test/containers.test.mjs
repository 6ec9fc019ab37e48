import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inPairs, render } from './rendering.mjs'
import { pods } from './rules.mjs'
import { ways } from './ways.mjs'

/** What every container must keep, those of sub-charts, hooks and tests too: each asks the container and its Pod's spec. */
const bars = {
  'are restricted, as Pod Security has it': (container, pod) => {
    const own = { ...pod.securityContext, ...container.securityContext }
    const added = container.securityContext?.capabilities?.add ?? []
    return (
      own.runAsNonRoot === true &&
      own.runAsUser !== 0 &&
      own.seccompProfile?.type === 'RuntimeDefault' &&
      own.allowPrivilegeEscalation === false &&
      !own.privileged &&
      own.capabilities?.drop?.includes('ALL') &&
      added.every((capability) => capability === 'NET_BIND_SERVICE') &&
      !pod.hostNetwork && !pod.hostPID && !pod.hostIPC &&
      (pod.volumes ?? []).every((volume) => !volume.hostPath) &&
      (container.ports ?? []).every((port) => !port.hostPort)
    )
  },
  'have a read-only root': (container) => container.securityContext?.readOnlyRootFilesystem === true,
  'ask for CPU and memory and have limits of both': (container) => bothSides(container, 'cpu') && bothSides(container, 'memory'),
  'have a request and a limit of ephemeral storage': (container) => bothSides(container, 'ephemeral-storage'),
  'get no token of the API server': (container, pod) => pod.automountServiceAccountToken === false,
}

/** What ingress-nginx cannot: github.com/kubernetes/ingress-nginx, issues 9504 and 12911, both closed without a way. */
const upstream = {
  'have a read-only root': { 'controller of ingress-nginx': 'writes its configuration into /etc/nginx of its image' },
  'get no token of the API server': {
    'controller of ingress-nginx': 'reads Ingresses',
    'create of ingress-nginx': 'writes the webhook\'s certificate into a Secret',
    'patch of ingress-nginx': 'writes it into the webhook',
  },
}

const bothSides = ({ resources }, what) => resources?.requests?.[what] !== undefined && resources?.limits?.[what] !== undefined

/** The same container of several ways is one. */
function containersOf(objects) {
  return pods(objects).flatMap(({ labels, spec }) =>
    [...(spec.initContainers ?? []), ...spec.containers].map((container) => ({
      container,
      pod: spec,
      is: `${container.name} of ${labels['app.kubernetes.io/name']}`,
    })),
  )
}

const all = (await inPairs(Object.entries(ways), async ([way, { args }]) => containersOf(await render(...args)).map((one) => ({ ...one, way })))).flat()
const kinds = [...new Set(all.map(({ is }) => is))]

for (const [bar, holds] of Object.entries(bars)) {
  test(`all containers ${bar}`, (t) => {
    const short = all.filter(({ container, pod }) => !holds(container, pod))
    const excused = new Set(short.filter(({ is }) => upstream[bar]?.[is]).map(({ is }) => is))
    const wrong = new Set(short.filter(({ is }) => !excused.has(is)).map(({ is, way }) => `${way}: ${is}`))

    const more = [...excused].map((is) => `; not the ${is}, which ${upstream[bar][is]}`).join('')
    t.diagnostic(`counted: containers that ${bar}: ${kinds.length - excused.size} of ${kinds.length}${more}`)
    assert.deepEqual([...wrong], [])
  })
}

test('there is something to count', () => {
  for (const is of ['backend of wheelhouse', 'controller of ingress-nginx', 'postgresql of postgresql', 'dump of wheelhouse']) {
    assert.ok(kinds.includes(is), `there is no ${is} among ${kinds.join(', ')}`)
  }
})

test('each bar is one that a container can fail', () => {
  const [{ container, pod }] = all.filter(({ is }) => is === 'backend of wheelhouse')
  const spoilt = {
    'are restricted, as Pod Security has it': { securityContext: { ...container.securityContext, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } },
    'have a read-only root': { securityContext: { ...container.securityContext, readOnlyRootFilesystem: false } },
    'ask for CPU and memory and have limits of both': { resources: { ...container.resources, limits: { memory: '1Gi' } } },
    'have a request and a limit of ephemeral storage': { resources: { requests: { cpu: 1, memory: 1 }, limits: { cpu: 1, memory: 1 } } },
    'get no token of the API server': {},
  }
  for (const [bar, holds] of Object.entries(bars)) {
    assert.ok(holds(container, pod), bar)
    assert.ok(!holds({ ...container, ...spoilt[bar] }, bar.includes('token') ? { ...pod, automountServiceAccountToken: undefined } : pod), bar)
  }
})
