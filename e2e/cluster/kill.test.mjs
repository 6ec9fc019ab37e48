import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure } from './figures.mjs'
import { Stream } from './follow.mjs'
import { killOutright } from './killer.mjs'
import { kubectl, pods, read, readyPods, until } from './programs.mjs'
import { scale } from './platform.mjs'
import { release } from './release.mjs'
import { hasEnded, logOf, runOf, startRun } from './requests.mjs'
import { skip } from './surroundings.mjs'

/** The Pod that carries a run on: a replica's name begins with its host's. */
async function owner(run) {
  const claim = (await logOf(run)).findLast(({ type }) => type === 'run.claimed')
  const names = (await pods('backend')).map((pod) => pod.metadata.name)
  return claim && names.find((name) => JSON.stringify(claim.data).includes(name))
}

async function goesOn(what, end) {
  await release()
  await scale(2)
  const run = (await startRun('be slow for 15 s')).id
  const stream = new Stream(run)
  const victim = await until('a replica that carries the run on', 20, () => owner(run))
  await until('the step under way', 20, async () => stream.events.some(({ type }) => type === 'step.started') || (await runOf(run)).steps > 0 || stream.signs.length > 3)
  const before = stream.events.length
  const at = Date.now()

  await end(victim)

  const taken = await until('another replica', 30, () =>
    stream.events.slice(before).find(({ type }) => type === 'run.claimed'),
  )
  figure(`${what} in mid-run: goes on elsewhere after, s`, (taken.at - at) / 1000, '<= 15')
  await until('the end of the run', 90, async () => hasEnded(await runOf(run)))
  await stream.ended
  assert.equal((await runOf(run)).state, 'succeeded')
  assert.ok(taken.at - at <= 15_000)
  assert.ok(!JSON.stringify(taken.data).includes(victim), 'another replica has it')
  figure(`${what}: gaps in the stream`, stream.gaps, '0')
  assert.equal(stream.gaps, 0)
  assert.deepEqual(stream.events.map(({ seq, type }) => `${seq} ${type}`), (await logOf(run)).map(({ seq, type }) => `${seq} ${type}`))
  await until('two replicas again', 90, async () => (await readyPods('backend')).length === 2)
}

test('a run goes on elsewhere when its process is killed, and its stream has no gap', { skip }, () =>
  goesOn('kill -9', killOutright))

test('a run goes on elsewhere when its Pod is deleted at once, and its stream has no gap', { skip }, () =>
  goesOn('Pod deleted by force', (pod) => kubectl('delete', 'pod', pod, '--grace-period=0', '--force')))

test('a run goes on elsewhere when its Pod is evicted, as a drain does, and its stream has no gap', { skip }, () =>
  goesOn('Pod evicted', async (pod) => {
    const budgets = (await read('poddisruptionbudgets')).items.filter(({ metadata }) => metadata.name.endsWith('-backend'))
    assert.equal(budgets.length, 1, 'a budget stands in the way of two evictions at once')
    await evict(pod)
    // The second has to wait until there are two again.
    const [other] = (await readyPods('backend')).filter(({ metadata }) => metadata.name !== pod)
    await assert.rejects(evict(other.metadata.name), /disruption budget|429/)
  }))

const evict = async (name) => {
  const { namespace } = (await read('pod', name)).metadata
  const body = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } })
  await kubectl('create', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, '-f', await fileOf(body))
}

async function fileOf(text) {
  const { mkdtemp, writeFile } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const file = join(await mkdtemp(join(tmpdir(), 'wheelhouse-')), 'object.json')
  await writeFile(file, text)
  return file
}
