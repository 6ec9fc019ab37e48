import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure } from './figures.mjs'
import { Load } from './load.mjs'
import { install } from './platform.mjs'
import { read, readyPods, until } from './programs.mjs'
import { release } from './release.mjs'
import { hasEnded, runOf } from './requests.mjs'
import { skip } from './surroundings.mjs'

const autoscaled = [
  'backend.autoscaling.enabled=true',
  'backend.autoscaling.minReplicas=2',
  'backend.autoscaling.maxReplicas=4',
  'backend.autoscaling.behavior.scaleDown.stabilizationWindowSeconds=15',
  // So little that the load of a test is much.
  'backend.autoscaling.targetCpu=40',
]

const ready = async () => (await readyPods('backend')).length

test('the autoscaler goes from 2 to 4 under load and back, and no request or run is lost', { skip }, async () => {
  await release()
  await install('--reuse-values', '--set', autoscaled.join(','), '--wait')
  await until('two replicas', 120, async () => (await ready()) === 2)
  assert.equal((await read('hpa', 'wheelhouse-backend')).spec.maxReplicas, 4)
  const load = new Load(150)

  const began = Date.now()
  await until('four replicas', 180, async () => {
    if ((await ready()) === 4) return true
    const { currentMetrics } = (await read('hpa', 'wheelhouse-backend')).status
    throw new Error(`the autoscaler sees ${JSON.stringify(currentMetrics)}`)
  })
  figure('HPA: 2 to 4 replicas, s', Math.round((Date.now() - began) / 1000), '-')
  await load.stop()
  const quiet = new Load(5)
  await until('two replicas again', 240, async () => (await ready()) === 2)
  await quiet.stop()

  figure('HPA 2 → 4 → 2: failed requests', `${load.failed.length + quiet.failed.length} of ${load.sent + quiet.sent}`, '0')
  figure('HPA 2 → 4 → 2: connections that the ingress controller reset', `${load.reset + quiet.reset} of ${load.sent + quiet.sent}`, '-')
  assert.deepEqual([...load.failed, ...quiet.failed].slice(0, 5), [])
  for (const run of [...load.runs.slice(-20), ...quiet.runs]) {
    await until(`the end of run ${run}`, 60, async () => hasEnded(await runOf(run)))
    assert.equal((await runOf(run)).state, 'succeeded')
  }
})
