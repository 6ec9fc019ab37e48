import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cores, figure, mebibytes } from './figures.mjs'
import { helm, isReady, kubectl, read, until } from './programs.mjs'
import { install } from './platform.mjs'
import { dev, release } from './release.mjs'
import { skip, surroundings } from './surroundings.mjs'

const all = async () => (await read('pods')).items.filter((pod) => !pod.metadata.annotations?.['helm.sh/hook'])

test('dev.yaml comes up where Pod Security restricted is enforced', { skip }, async () => {
  await release()
  const pods = await all()
  assert.ok(pods.length >= 3, `${pods.length} Pods`)
  assert.deepEqual(pods.filter((pod) => !isReady(pod)).map((pod) => pod.metadata.name), [])
  // A busy node is late with what it mounts, and says so.
  const isLate = ({ message }) => /failed to sync \w+ cache/.test(message)
  const events = (await read('events')).items.filter((event) => /FailedCreate|FailedMount|Forbidden/.test(event.reason) && !isLate(event))
  assert.deepEqual(events.map(({ message }) => message), [])
})

test('dev.yaml asks for at most 0.4 vCPU and 1 GiB', { skip }, async () => {
  await release()
  const requests = (await all()).flatMap((pod) => pod.spec.containers.map(({ resources }) => resources.requests))
  const cpu = requests.reduce((sum, request) => sum + cores(request.cpu), 0)
  const memory = requests.reduce((sum, request) => sum + mebibytes(request.memory), 0)
  figure('requests of dev.yaml, vCPU / MiB', `${cpu.toFixed(2)} / ${memory}`, '<= 0.4 / 1024')
  assert.ok(cpu <= 0.4 && memory <= 1024)
})

test('an upgrade without a change restarts no Pod', { skip }, async () => {
  await release()
  const those = async () => (await all()).map(({ metadata, status }) => [metadata.uid, status.containerStatuses.map(({ restartCount }) => restartCount)])
  const before = await those()
  await install(...dev(), '--wait')
  assert.deepEqual(await those(), before)
})

test('helm test passes, through the Service and through the Ingress', { skip }, async () => {
  await release()
  const said = await helm('test', surroundings.release, '--logs', '--timeout', '5m')
  assert.match(said, /took a turn through the Service/)
  assert.match(said, /through the Ingress, a stream that had nothing to say for 65 s stayed open/)
})

test('the whole set-up at rest needs at most 400 MiB', { skip }, async () => {
  await release()
  const names = (await all()).map((pod) => pod.metadata.name)
  const used = await until('figures of every Pod', 90, async () => {
    const { items } = JSON.parse(await kubectl('get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${surroundings.namespace}/pods`))
    const ours = items.filter((pod) => names.includes(pod.metadata.name))
    return ours.length === names.length && ours
  })
  const each = used.map(({ metadata, containers }) => [
    metadata.name.replace(/-[a-z0-9]+-[a-z0-9]{5}$/, ''),
    Math.round(containers.reduce((sum, { usage }) => sum + mebibytes(usage.memory), 0)),
  ])
  const sum = each.reduce((all, [, one]) => all + one, 0)
  figure('memory at rest, MiB', `${sum} (${each.map((one) => one.join(' ')).join(', ')})`, '<= 400')
  assert.ok(sum <= 400)
})
