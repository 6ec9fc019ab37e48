import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { images } from './platform.mjs'
import { helm, kubectl, read } from './programs.mjs'
import { dev, forgetRelease, release } from './release.mjs'
import { call, startRun } from './requests.mjs'
import { folder, lines, script } from './scripts.mjs'
import { skip, surroundings } from './surroundings.mjs'

const run = promisify(execFile)

const revision = async () => JSON.parse(await helm('history', surroundings.release, '-o', 'json')).at(-1).revision

test('make doctor finds a cluster fit before anything is installed', { skip }, async () => {
  forgetRelease()
  await kubectl('delete', 'namespace', surroundings.namespace, '--ignore-not-found', '--wait', '-n', 'default')
  const { code, said } = await script('cluster-doctor', { FLAGS: dev().join(' ') })
  assert.deepEqual(lines(said, 'BAD'), [], said)
  assert.equal(code, 0)
  for (const words of [/ok +Kubernetes 1\./, /ok +Clocks/, /ok +Default storage class/, /ok +Ingress class/, /ok +Image .*backend.* comes/, /NetworkPolicies/]) {
    assert.match(said, words)
  }
  assert.equal((await kubectl('get', 'pods', '-A', '-l', 'wheelhouse-doctor=yes', '-o', 'name')).trim().replace(/^pod.*$/gm, ''), '')
})

test('make doctor says what is bad and what to do', { skip }, async () => {
  const { code, said } = await script('cluster-doctor', {
    FLAGS: [...dev(), '--set-string', 'backend.image.repository=no-such-image,ingress.className=no-such-class', '--set', 'ingress-nginx.enabled=false'].join(' '),
  })
  assert.equal(code, 1)
  assert.match(said, /BAD +There is no ingress class "no-such-class"\n +Set ingress\.className to one of/)
  assert.match(said, /BAD +Image no-such-image:\S+ cannot be pulled/)
})

test('make doctor finds an installed release well, and has it take a turn', { skip }, async () => {
  await release()
  const { code, said } = await script('cluster-doctor')
  assert.deepEqual(lines(said, 'BAD'), [], said)
  assert.equal(code, 0)
  assert.match(said, /ok +Postgres \d+/)
  assert.match(said, /ok +Deployment\/wheelhouse-backend: 1 of 1 ready/)
  assert.match(said, /ok +An agent took a turn/)
})

test('make upgrade backs up, upgrades and has an agent take a turn', { skip }, async () => {
  await release()
  const { id } = await startRun('note rope: 40 m')
  const { code, said } = await script('upgrade', { FLAGS: images({ to: surroundings.nextBackend }).join(' ') })
  assert.equal(code, 0, said)
  assert.match(said, /Backed up: .*\.dump, \d+ KiB, \d+ tables, all that the database has/)
  assert.match(said, /PASSED: agent "assistant"/)
  assert.match(said, /Upgraded: revision 2 serves/)
  const dump = (await readdir(join(folder, 'backups'))).find((name) => name.endsWith('.dump'))
  assert.equal((await readFile(join(folder, 'backups', dump))).subarray(0, 5).toString(), 'PGDMP')
  assert.equal((await call('GET', `/api/v1/runs/${id}`)).state, 'succeeded')
})

test('make upgrade rolls back where the new version does not come up', { skip }, async () => {
  await release()
  const before = await revision()
  const { code, said } = await script('upgrade', { FLAGS: '--set-string backend.image.tag=no-such-tag', TIMEOUT: '40s' })
  assert.equal(code, 1)
  assert.match(said, new RegExp(`The upgrade failed:[^]*Rolling back to revision ${before}[^]*Revision ${before} is serving again`))
  assert.ok((await call('GET', '/api/v1/agents')).data.length > 0)
})

test('make support-bundle has what a helper needs and no value of any Secret', { skip }, async () => {
  await release()
  const archive = join(folder, 'bundle.tar.gz')
  const secrets = (await read('secrets')).items.filter(({ type }) => type !== 'helm.sh/release.v1')
  const values = secrets.flatMap(({ data }) => Object.values(data ?? {})).flatMap((value) => [value, Buffer.from(value, 'base64').toString()])
  assert.ok(values.length >= 4)
  // Somebody has written a key and the database's password where they do not belong.
  await kubectl('create', 'configmap', 'careless', ...values.map((value, i) => `--from-literal=n${i}=before ${value} after`))
  const { code, said } = await script('support-bundle', { BUNDLE: archive })
  assert.equal(code, 0, said)
  const unpacked = (await run('tar', ['-xzOf', archive], { maxBuffer: 1 << 28 })).stdout
  for (const value of values) assert.ok(!unpacked.includes(value), 'a value of a Secret is in the bundle')
  const names = (await run('tar', ['-tzf', archive])).stdout
  for (const part of ['versions.txt', 'events.txt', 'release/values.yaml', 'objects/pods-described.txt', 'objects/networkpolicies.yaml']) {
    assert.ok(names.includes(part), part)
  }
  assert.match(names, /logs\/wheelhouse-backend-.*\.txt/)
  assert.match(unpacked, /wheelhouse-database/, 'names of Secrets are told')
  assert.match(unpacked, /automountServiceAccountToken: false/)
  await kubectl('delete', 'configmap', 'careless')
})
