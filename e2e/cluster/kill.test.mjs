import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { figure } from './figures.mjs'
import { Stream } from './follow.mjs'
import { killOutright } from './killer.mjs'
import { firstKey, scale } from './platform.mjs'
import { forward, kubectl, read, readyPods, until } from './programs.mjs'
import { release } from './release.mjs'
import { hasEnded, logOf, runOf, startRun } from './requests.mjs'
import { skip, surroundings } from './surroundings.mjs'

/** The Pods by the names that their replicas have given themselves. */
async function replicas() {
  const found = {}
  for (const { metadata } of await readyPods('backend')) {
    const { url, end } = await forward(`pod/${metadata.name}`, 8080)
    const answer = await fetch(`${url}/info`, { headers: { authorization: `Bearer ${await firstKey()}` } })
    found[(await answer.json()).replica] = metadata.name
    end()
  }
  return found
}

async function goesOn(what, end, { words = 'be slow for 15 s', from } = {}) {
  await release()
  await scale(2)
  const byName = await until('both replicas', 20, async () => {
    const found = await replicas()
    return Object.keys(found).length === 2 && found
  })
  const run = (await startRun(words)).id
  const stream = new Stream(run)
  const first = await until('a replica that carries the run on', 20, async () => (await runOf(run)).replica)
  const victim = byName[first]
  const asked = Date.now()
  await until('the step to be in its middle', 20, () => Date.now() - asked > 2500)
  const before = stream.events.length
  const at = Date.now()

  await end(victim)

  const came = (wanted) => stream.events.slice(before).find(({ type }) => type === wanted)
  const taken = await until('another replica', 45, () => came('run.claimed'))
  const pause = (taken.at - (from ? came(from).at : at)) / 1000
  figure(`${what} in mid-run: goes on elsewhere after, s`, pause, '<= 15')
  await until('the end of the run', 90, async () => hasEnded(await runOf(run)))
  await stream.ended
  assert.equal((await runOf(run)).state, 'succeeded')
  assert.ok(pause <= 15)
  assert.notEqual(taken.data.replica, first)
  figure(`${what}: gaps in the stream`, stream.gaps, '0')
  assert.equal(stream.gaps, 0)
  assert.deepEqual(stream.events.map(({ seq, type }) => `${seq} ${type}`), (await logOf(run)).map(({ seq, type }) => `${seq} ${type}`))
  await until('two replicas again', 90, async () => (await readyPods('backend')).length === 2)
}

test('a run goes on elsewhere when its process is killed, and its stream has no gap', { skip }, () =>
  goesOn('kill -9', killOutright))

test('a run goes on elsewhere when its Pod is deleted at once, and its stream has no gap', { skip }, () =>
  goesOn('Pod deleted by force', (pod) => kubectl('delete', 'pod', pod, '--grace-period=0', '--force')))

// It is given time to end its step. This one takes longer, so that it is handed over.
const longer = { words: 'be slow for 25 s', from: 'run.released' }

test('a run is handed over when its Pod is evicted, as a drain does, and its stream has no gap', { skip }, () =>
  goesOn('Pod evicted', evictOneOfTwo, longer))

async function evictOneOfTwo(pod) {
  const budgets = (await read('poddisruptionbudgets')).items.filter(({ metadata }) => metadata.name.endsWith('-backend'))
  assert.equal(budgets.length, 1)
  await evict(pod)
  // The second has to wait until there are two again.
  const [other] = (await readyPods('backend')).filter(({ metadata }) => metadata.name !== pod)
  await assert.rejects(evict(other.metadata.name), /disruption budget|429/)
}

async function evict(name) {
  const file = join(await mkdtemp(join(tmpdir(), 'wheelhouse-')), 'eviction.json')
  const { namespace } = surroundings
  await writeFile(file, JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } }))
  await kubectl('create', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, '-f', file)
}
