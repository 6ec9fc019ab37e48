import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure } from './figures.mjs'
import { Stream } from './follow.mjs'
import { Load } from './load.mjs'
import { images, install, scale } from './platform.mjs'
import { pods, until } from './programs.mjs'
import { release } from './release.mjs'
import { call, hasEnded, logOf, runOf, startRun } from './requests.mjs'
import { skip, surroundings } from './surroundings.mjs'

const waitsFor = async (run) => (await runOf(run)).waiting?.reason
const ended = (run, seconds = 60) => until(`the end of run ${run}`, seconds, async () => hasEnded(await runOf(run)))

async function approve(run) {
  const { data } = await call('GET', `/api/v1/approvals?run=${run}`)
  const [question] = data
  await call('POST', `/api/v1/approvals/${question.id}/decision`, { decision: 'approve', hash: question.hash })
}

/** Stands for N + 1: another tag and a changed setting, each of which starts every Pod anew. */
const next = () => [
  '--reuse-values',
  ...images({ to: surroundings.nextBackend }),
  '--set',
  'runs.poll=900ms,frontend.podAnnotations.tried=again',
  '--wait',
]

test('an upgrade under 50 requests a second fails none, and what waits, is paused or in mid-step survives', { skip }, async () => {
  await release()
  await scale(2, '--set', 'frontend.replicaCount=2')
  const paused = (await startRun('wait 2 s, then what is 17 * 23')).id
  await call('POST', `/api/v1/runs/${paused}/pause`)
  const asking = (await startRun('ask me before you note rope: 40 m', 'careful')).id
  await until('an approval to be asked for', 30, async () => (await waitsFor(asking)) === 'approval')
  const before = new Set((await pods('backend')).map((pod) => pod.metadata.uid))
  const load = new Load(50)
  await until('load', 20, () => load.sent > 100)
  const busy = (await startRun('be slow for 25 s')).id
  const stream = new Stream(busy)

  await install(...next())

  await until('no Pod of before', 90, async () => (await pods('backend')).every((pod) => !before.has(pod.metadata.uid)))
  await until('some load after', 20, () => load.sent > 200)
  await load.stop()
  figure('upgrade under 50 requests/s: failed', `${load.failed.length + load.reset} of ${load.sent}`, '0')

  await approve(asking)
  await call('POST', `/api/v1/runs/${paused}/resume`)
  for (const run of [asking, paused, busy]) await ended(run, 90)
  await stream.ended
  const runs = [asking, paused, busy, ...load.runs]
  const lost = []
  for (const run of runs) {
    await ended(run)
    if ((await runOf(run)).state !== 'succeeded') lost.push(run)
  }
  figure('upgrade under 50 requests/s: runs lost', `${lost.length} of ${runs.length}`, '0')
  figure('upgrade: gaps in the stream of the run in mid-step', stream.gaps, '0')

  assert.deepEqual(load.failed.slice(0, 5), [])
  assert.equal(load.reset, 0)
  assert.deepEqual(lost, [])
  assert.equal(stream.gaps, 0)
  assert.equal(stream.events.length, (await logOf(busy)).length)
})
