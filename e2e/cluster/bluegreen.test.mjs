// infra/delivery/bluegreen for real: the chart in a registry of this computer, two releases on one database that belongs to neither, and
// requests through the Ingress while everything flips from one to the other.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { figure } from './figures.mjs'
import { Load } from './load.mjs'
import { chart, forgetKey, images, makeNamespace, root, values } from './platform.mjs'
import { helm, kubectl, read, until } from './programs.mjs'
import { forgetRelease } from './release.mjs'
import { hasEnded, runOf, startRun } from './requests.mjs'
import { folder, script } from './scripts.mjs'
import { skip, surroundings } from './surroundings.mjs'

const { namespace, release, postgres, ingressUrl, ingressClass, nextBackend } = surroundings
const run = promisify(execFile)
const crane = skip ? '' : await run(join(root, 'infra/tool'), ['crane']).then(({ stdout }) => stdout.trim(), () => '')
const absent =
  skip ||
  (!crane && 'crane is not installed, which serves the registry (infra/tool --install crane)') ||
  (!(ingressUrl && postgres && nextBackend) && 'INGRESS_URL, POSTGRES_IMAGE or NEXT_BACKEND_IMAGE not given')

let registry
after(() => registry?.kill())

const freePort = () =>
  new Promise((found) => {
    const one = createServer().listen(0, '127.0.0.1', () => {
      const { port } = one.address()
      one.close(() => found(port))
    })
  })

/** The chart in a registry of its own, by digest. */
async function published() {
  const at = `127.0.0.1:${await freePort()}`
  registry = spawn(crane, ['registry', 'serve', '--address', at], { stdio: 'ignore' })
  await until('the registry', 20, () => fetch(`http://${at}/v2/`).then(({ ok }) => ok))
  const packed = (await helm('package', chart, '-d', folder)).trim().split(': ').at(-1)
  const { stdout, stderr } = await run(process.env.HELM ?? 'helm', ['push', packed, `oci://${at}/charts`, '--plain-http'])
  return `oci://${at}/charts/wheelhouse@${/sha256:[0-9a-f]{64}/.exec(stdout + stderr)[0]}`
}

/** A database that outlives both, and the keys that both have. */
async function shared() {
  await helm('install', 'db', join(root, 'charts/test/stand-ins/postgresql'), '--wait', '--timeout', '3m', '--set-string', `image.repository=${postgres.repository},image.tag=${postgres.tag}`, '--set', 'global.security.allowInsecureImages=true,auth.database=wheelhouse,primary.resources.limits.memory=512Mi,primary.resources.requests.memory=128Mi')
  const password = Buffer.from((await read('secret', 'db-postgresql')).data['postgres-password'], 'base64').toString()
  await kubectl('create', 'secret', 'generic', 'wheelhouse-database', `--from-literal=url=postgresql://postgres:${password}@db-postgresql:5432/wheelhouse`)
  const keys = { 'bootstrap-key': `wh_default_${'b'.repeat(40)}`, 'master-key': Buffer.alloc(32, 3).toString('base64') }
  await kubectl('create', 'secret', 'generic', `${release}-key`, ...Object.entries(keys).map(([name, value]) => `--from-literal=${name}=${value}`))
}

const flags = (to) =>
  [
    '--plain-http', ...values('dev', 'external-postgres'), ...images({ to }),
    '--set', `backend.replicaCount=2,ingress-nginx.enabled=false,ingress.className=${ingressClass},test.ingressUrl=${ingressUrl},test.silence=1`,
    '--set', `auth.existingSecret=${release}-key,secrets.existingSecret=${release}-key`,
  ].join(' ')

test('everything flips from blue to green under load, and no request and no run is lost', { skip: absent }, async () => {
  forgetRelease()
  forgetKey()
  await makeNamespace()
  await shared()
  const CHART = await published()
  const first = await script('../infra/delivery/bluegreen', { CHART, FLAGS: flags() })
  assert.equal(first.code, 0, first.said)
  assert.match(first.said, /^green serves\.$/m)
  await until('the Ingress', 30, async () => (await startRun('say ahoy')).id)
  const waits = (await startRun('wait 20 s')).id

  const load = new Load(30)
  const flipped = await script('../infra/delivery/bluegreen', { CHART, FLAGS: flags(nextBackend) })
  const sent = load.sent
  await until('some load after', 20, () => load.sent > sent + 100)
  await load.stop()
  assert.equal(flipped.code, 0, flipped.said)
  assert.match(flipped.said, /^blue serves\.$/m)

  figure('blue-green flip under 30 requests/s: failed', `${load.failed.length + load.reset} of ${load.sent}`, '0')
  assert.deepEqual(load.failed.slice(0, 5), [])
  assert.equal(load.reset, 0)
  const lost = []
  for (const id of [waits, ...load.runs]) {
    await until(`the end of run ${id}`, 90, async () => hasEnded(await runOf(id)))
    if ((await runOf(id)).state !== 'succeeded') lost.push(id)
  }
  figure('blue-green flip: runs lost', `${lost.length} of ${load.runs.length + 1}`, '0')
  assert.deepEqual(lost, [])
  const { items } = await read('ingresses')
  assert.deepEqual(items.map(({ metadata }) => metadata.labels['app.kubernetes.io/instance']), [`${release}-blue`])
  for (const colour of ['blue', 'green']) await helm('uninstall', `${release}-${colour}`, '--no-hooks')
})
