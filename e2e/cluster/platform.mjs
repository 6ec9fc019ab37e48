// One release of the chart in a namespace that enforces Pod Security "restricted".

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forward, helm, kubectl, read, until } from './programs.mjs'
import { surroundings } from './surroundings.mjs'

const { namespace, release, backend, frontend, postgres } = surroundings
export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')

export const chart = mkdtempSync(join(tmpdir(), 'wheelhouse-e2e-'))
process.on('exit', () => rmSync(chart, { recursive: true, force: true }))
cpSync(join(root, 'charts/wheelhouse'), chart, { recursive: true })
cpSync(surroundings.charts ?? join(root, 'charts/test/stand-ins'), join(chart, 'charts'), { recursive: true })

const set = (component, image) => [
  '--set-string',
  `${component}.image.repository=${image.repository},${component}.image.tag=${image.tag}`,
]

/** What every release of these tests has: our images on dev.yaml, or on another values file. */
export const images = ({ to = backend } = {}) => [
  ...set('backend', to),
  ...set('frontend', frontend),
  ...(postgres && !surroundings.charts ? [...set('postgresql', postgres), '--set', 'global.security.allowInsecureImages=true'] : []),
]

export const values = (...names) => names.flatMap((name) => ['-f', join(root, `values/${name}.yaml`)])

/** The release first: a webhook of the whole cluster would stay behind, and refuse every later Ingress. */
export async function removeNamespace(wait) {
  await helm('uninstall', release, '--ignore-not-found', '--no-hooks').catch(() => {})
  await kubectl('delete', 'namespace', namespace, '--ignore-not-found', wait, '-n', 'default')
}

export async function makeNamespace() {
  forgetKey()
  await removeNamespace('--wait')
  await kubectl('create', 'namespace', namespace, '-n', 'default')
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted', '-n', 'default')
}

export const install = (...args) =>
  helm('upgrade', '--install', release, chart, '--timeout', '3m', ...args)

export const uninstall = () => helm('uninstall', release, '--wait', '--timeout', '2m')

let entrance

/** Where the Ingress answers. */
export async function entranceUrl() {
  if (surroundings.ingressUrl) return surroundings.ingressUrl
  entrance ??= await forward(`service/${release}-ingress-nginx-controller`, 80)
  return entrance.url
}

export const closeEntrance = () => entrance?.end()

let key

export async function firstKey() {
  key ??= Buffer.from((await read('secret', `${release}-key`)).data['bootstrap-key'], 'base64').toString()
  return key
}

export const forgetKey = () => (key = undefined)

export const scale = async (replicas, ...args) => {
  await install('--reuse-values', '--set', `backend.replicaCount=${replicas}`, ...args, '--wait')
  await until(`${replicas} replicas of the backend`, 60, async () => {
    const { status } = await read('deployment', `${release}-backend`)
    return status.readyReplicas === replicas && status.replicas === replicas
  })
}
