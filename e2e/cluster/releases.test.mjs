import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { chart, images, makeNamespace, values } from './platform.mjs'
import { helmOf, kubectl, until } from './programs.mjs'
import { forgetRelease } from './release.mjs'
import { folder, lines, script } from './scripts.mjs'
import { skip, surroundings } from './surroundings.mjs'

const { namespace, ingressUrl, ingressClass, postgres } = surroundings
const other = `${namespace}-two`

/** Several in one cluster, two of them in one namespace. */
const releases = [
  { release: 'demo', where: namespace, more: ['--set', 'nameOverride=agents'] },
  { release: 'a', where: namespace, more: [] },
  { release: 'n'.repeat(42), where: other, more: ['--set', 'postgresql.fullnameOverride=long-pg,ingress-nginx.fullnameOverride=long-in'] },
]

const settings = ({ release }) => [
  ...values('dev'),
  ...images(),
  ...(postgres ? ['--set-string', `backup.image.repository=${postgres.repository},backup.image.tag=${postgres.tag}`] : []),
  '--set',
  `backup.enabled=true,backup.storage.size=1Gi,test.silence=1,ingress.hosts={${release.slice(0, 20)}.example}`,
  ...(ingressUrl ? ['--set', `ingress-nginx.enabled=false,ingress.className=${ingressClass},test.ingressUrl=${ingressUrl}`] : []),
]

const inPostgres = async ({ release, where }, sql) =>
  (
    await kubectl(
      '-n', where, 'exec', `statefulset/${await primaryOf({ release, where })}`, '--', '/bin/sh', '-c',
      'PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); PGPASSWORD=$(cat $POSTGRES_POSTGRES_PASSWORD_FILE) exec psql -qAtX -h 127.0.0.1 -U postgres -d wheelhouse -c "$0"', sql,
    )
  ).trim()

const primaryOf = async ({ release, where }) =>
  (await kubectl('-n', where, 'get', 'statefulsets', '-l', `app.kubernetes.io/instance=${release},app.kubernetes.io/component=primary`, '-o', 'jsonpath={.items[*].metadata.name}')) || `${release}-postgresql`

/** What a release is, to the letter: whoever touches it changes this. */
const stateOf = async ({ release, where }) =>
  kubectl('-n', where, 'get', 'secrets,configmaps,deployments,statefulsets,cronjobs,ingresses,networkpolicies,persistentvolumeclaims', '-l', `app.kubernetes.io/instance=${release}`,
    '-o', 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid} {.metadata.generation}{"\\n"}{end}')

const given = ({ release, where }) => ({ RELEASE: release, NAMESPACE: where })

after(async () => {
  if (skip || process.env.KEEP) return
  for (const { release, where } of releases) await helmOf(where)('uninstall', release, '--ignore-not-found').catch(() => {})
  await kubectl('delete', 'namespace', other, '--ignore-not-found', '--wait=false', '-n', 'default')
})

test('releases called demo, a, and with 42 letters live in one cluster', { skip }, async () => {
  forgetRelease()
  await makeNamespace()
  await kubectl('delete', 'namespace', other, '--ignore-not-found', '--wait', '-n', 'default')
  await kubectl('create', 'namespace', other, '-n', 'default')
  await kubectl('label', 'namespace', other, 'pod-security.kubernetes.io/enforce=restricted', '-n', 'default')
  for (const one of releases) {
    await helmOf(one.where)('upgrade', '--install', one.release, chart, ...settings(one), ...one.more, '--wait', '--timeout', '5m')
    assert.equal(await inPostgres(one, "SELECT rolsuper FROM pg_roles WHERE rolname = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'runs')"), 'f')
  }
})

test('doctor, upgrade and dumps are of the release that is named, and touch no other', { skip }, async () => {
  const [demo, a, long] = releases
  for (const one of [demo, long]) {
    const before = await Promise.all(releases.filter((each) => each !== one).map(stateOf))
    const { said } = await script('cluster-doctor', given(one))
    assert.deepEqual(lines(said, 'BAD'), [], said)
    const upgraded = await script('upgrade', { ...given(one), FLAGS: '--set runs.poll=900ms' })
    assert.equal(upgraded.code, 0, upgraded.said)
    assert.match(upgraded.said, /Backed up: .*, \d+ tables, all that the database has/)
    assert.deepEqual(await Promise.all(releases.filter((each) => each !== one).map(stateOf)), before)
  }
  assert.match((await script('upgrade', { ...given(a), RELEASE: 'nobody' })).said, /There is no release "nobody"/)
})

test('a dump that is kept in the cluster is proven, and brings back what was deleted', { skip }, async () => {
  const [demo] = releases
  const runs = await inPostgres(demo, 'SELECT count(*) FROM runs')
  assert.ok(Number(runs) > 0, 'helm test has made some')
  const cronjobs = await kubectl('-n', demo.where, 'get', 'cronjobs', '-l', `app.kubernetes.io/instance=${demo.release}`, '-o', 'jsonpath={.items[*].metadata.name}')
  const cronjob = cronjobs.split(' ').find((name) => name.endsWith('-backup'))
  await kubectl('-n', demo.where, 'create', 'job', 'dump-now', `--from=cronjob/${cronjob}`)
  await kubectl('-n', demo.where, 'wait', 'job/dump-now', '--for=condition=complete', '--timeout=120s')
  assert.match(await kubectl('-n', demo.where, 'logs', 'job/dump-now'), /KEPT: .*, \d+ tables, all that the database has\nThere are 1 dumps/)

  await inPostgres(demo, 'TRUNCATE runs CASCADE')
  const { code, said } = await script('restore', { ...given(demo), FROM: 'newest' })
  assert.equal(code, 0, said)
  assert.equal(await inPostgres(demo, 'SELECT count(*) FROM runs'), runs)
  assert.match(said, /The backend serves what was restored/)
})

test('a dump of this computer is put back into the release that is named', { skip }, async () => {
  const [demo, , long] = releases
  const made = await script('dump', given(long))
  assert.equal(made.code, 0, made.said)
  const names = await readdir(join(folder, 'backups'))
  const dump = names.find((name) => name.startsWith(`${long.release}-by-hand-`))
  const before = await inPostgres(demo, 'SELECT count(*) FROM runs')
  const { code, said } = await script('restore', { ...given(long), FILE: `backups/${dump}` })
  assert.equal(code, 0, said)
  assert.equal(await inPostgres(demo, 'SELECT count(*) FROM runs'), before)
})

test('data of a superuser is given to an owner, and the next upgrade works as that owner', { skip }, async () => {
  const a = { release: 'old', where: other, more: [] }
  const helm = helmOf(other)
  await helm('upgrade', '--install', a.release, chart, ...settings(a), '--set', 'postgresql.auth.username=postgres,backup.enabled=false', '--wait', '--timeout', '5m')
  const done = await script('database-owner', given(a))
  assert.equal(done.code, 0, done.said)
  await helm('upgrade', a.release, chart, ...settings(a), '--wait', '--timeout', '5m')
  const users = await kubectl('-n', other, 'get', 'deployments', '-l', `app.kubernetes.io/instance=${a.release},app.kubernetes.io/component=backend`, '-o', 'jsonpath={.items[0].spec.template.spec.containers[0].env[?(@.name=="DATABASE_USER")].value}')
  assert.equal(users, 'wheelhouse')
  await helm('test', a.release, '--timeout', '3m')
  await helm('uninstall', a.release, '--wait')
})

test('an uninstall of one leaves the others as they are', { skip }, async () => {
  const [demo, a, long] = releases
  const before = [await stateOf(demo), await stateOf(long)]
  await helmOf(a.where)('uninstall', a.release, '--wait', '--timeout', '2m')
  assert.deepEqual([await stateOf(demo), await stateOf(long)], before)
  await until('demo to be ready', 60, async () => (await kubectl('-n', demo.where, 'get', 'deployments', '-l', `app.kubernetes.io/instance=${demo.release}`, '-o', 'jsonpath={.items[*].status.readyReplicas}')) === '1 1')
})
