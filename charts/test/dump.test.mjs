import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { chartSource } from './rendering.mjs'

const script = join(chartSource, 'files/dump.sh')
const bin = ['/usr/lib/postgresql', '/usr/local/lib/postgresql'].flatMap((place) => folders(place).map((version) => join(place, version, 'bin'))).at(-1)
const skip = bin ? false : 'no Postgres of Debian is installed (apt-get install postgresql)'
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-dump-'))
const port = 20000 + (process.pid % 20000)
const postgres = { DATABASE_USER: 'postgres', DATABASE_PASSWORD: 'of-the-superuser' }
const owner = { DATABASE_USER: 'wheelhouse', DATABASE_PASSWORD: 'of-the-owner' }

function folders(place) {
  try {
    return readdirSync(place).sort((one, other) => Number(one) - Number(other))
  } catch {
    return []
  }
}

/** Postgres refuses to be root. */
const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : []
const call = (...command) => execFileSync([...as, ...command][0], [...as, ...command].slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })

const psql = (database, args, input) =>
  execFileSync(join(bin, 'psql'), ['-qAtX', '-h', '127.0.0.1', '-p', port, '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-d', database, ...args], {
    env: { ...process.env, PGPASSWORD: postgres.DATABASE_PASSWORD },
    encoding: 'utf8',
    input,
  }).trim()
const sql = (database, text) => psql(database, ['-c', text])
const sqlFile = (database, text) => psql(database, ['-f', '-'], text)

/** dump.sh with these arguments: {code, said, out}. */
function dump(args, { user = postgres, name = 'wheelhouse', input, ...more } = {}) {
  const env = { PATH: `${bin}:${process.env.PATH}`, DATABASE_HOST: '127.0.0.1', DATABASE_PORT: port, DATABASE_NAME: name, ...user, ...more }
  const { status, stdout, stderr } = spawnSync('/bin/sh', [script, ...args], { env, input, maxBuffer: 1 << 26 })
  return { code: status, out: stdout, said: `${stdout.subarray(0, 4000)}${stderr}` }
}

function start() {
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(folder, 0o755)
  const word = join(folder, 'word')
  writeFileSync(word, postgres.DATABASE_PASSWORD)
  if (as.length) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])))
    for (const path of [data, word]) chownSync(path, uid, gid)
  }
  call(join(bin, 'initdb'), '-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${word}`)
  call(join(bin, 'pg_ctl'), '-D', data, '-l', join(data, 'log'), '-w', '-o', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`, 'start')
  sql('postgres', `CREATE ROLE wheelhouse LOGIN CREATEDB CREATEROLE PASSWORD '${owner.DATABASE_PASSWORD}'`)
  sql('postgres', 'CREATE DATABASE wheelhouse OWNER wheelhouse')
  for (const role of ['app', 'engine']) sql('postgres', `CREATE ROLE wheelhouse_${role} LOGIN`)
  const migrations = join(chartSource, '../../backend/src/main/resources/db/migration')
  for (const name of readdirSync(migrations).filter((name) => name.endsWith('.sql')).sort()) {
    const text = readFileSync(join(migrations, name), 'utf8').replaceAll('${app}', '"wheelhouse_app"').replaceAll('${engine}', '"wheelhouse_engine"')
    // Each statement alone where Flyway is told so: an index that is built beside the load takes no transaction.
    const isWhole = !existsSync(join(migrations, `${name}.conf`))
    sqlFile('wheelhouse', `SET ROLE wheelhouse;\n${isWhole ? 'BEGIN;' : ''}\n${text}\n;${isWhole ? 'COMMIT;' : ''}`)
  }
}

if (!skip) start()
after(() => {
  if (!skip) call(join(bin, 'pg_ctl'), '-D', join(folder, 'data'), '-m', 'immediate', 'stop')
  rmSync(folder, { recursive: true, force: true })
})

test('a dump has every table of the database, or it is none', { skip }, () => {
  const whole = dump(['write']).out
  assert.match(dump(['prove'], { input: whole }).said, /^\d+ tables, all that the database has/)
  assert.match(dump(['prove'], { input: whole.subarray(0, whole.length / 2) }).said, /FAILED: the dump is not whole/)
  const empty = dump(['write'], { name: 'postgres' }).out
  assert.match(dump(['prove'], { input: empty, name: 'postgres' }).said, /FAILED: the dump has no table "runs"/)
  sql('wheelhouse', 'CREATE TABLE later (a int)')
  assert.match(dump(['prove'], { input: whole }).said, /FAILED: the dump has no table "public.later"/)
  sql('wheelhouse', 'DROP TABLE later')
})

test('a user whom row-level security holds back writes no dump with rows missing', { skip }, () => {
  const { code, said } = dump(['write'], { user: owner })
  assert.equal(code, 1)
  assert.match(said, /the user "wheelhouse" does not see every row of: .*runs.*BYPASSRLS/)
  sql('postgres', 'ALTER ROLE wheelhouse BYPASSRLS')
  const written = dump(['write'], { user: owner })
  assert.equal(dump(['prove'], { input: written.out, user: owner }).code, 0, written.said)
})

test('old dumps go, but never the newest ones', { skip }, () => {
  const kept = join(folder, 'kept')
  mkdirSync(kept)
  const old = ['20250101T000000Z', '20250102T000000Z', '20250103T000000Z'].map((time) => `wheelhouse-${time}.dump`)
  for (const name of [...old, 'notes.txt']) {
    writeFileSync(join(kept, name), 'x')
    utimesSync(join(kept, name), 1, 1)
  }
  const { code, said } = dump(['keep', kept], { KEEP_DAYS: 14, KEEP_LEAST: 2 })
  assert.equal(code, 0, said)
  assert.match(said, /KEPT: .*, \d+ KiB, \d+ tables, all that the database has\nThere are 3 dumps/)
  const names = readdirSync(kept).sort()
  assert.deepEqual(names.filter((name) => !old.slice(1).includes(name) && !name.endsWith('.manifest')).length, 2)
  assert.ok(!names.includes(old[0]) && names.includes('notes.txt') && names.includes(old[2]))
})

test('the newest dump of a week stays for as many weeks as are asked for', { skip }, () => {
  const kept = join(folder, 'weeks')
  mkdirSync(kept)
  const name = (days) => `wheelhouse-${new Date(Date.now() - days * 86400000).toISOString().slice(0, 10).replaceAll('-', '')}T000000Z.dump`
  const days = [1, 2, 3, ...Array.from({ length: 60 }, (_, at) => at + 20)]
  for (const day of days) for (const end of ['', '.manifest']) writeFileSync(join(kept, name(day) + end), 'x')
  const { code, said } = dump(['keep', kept], { KEEP_DAYS: 7, KEEP_LEAST: 3, KEEP_WEEKS: 6 })
  assert.equal(code, 0, said)
  const left = readdirSync(kept).filter((file) => file.endsWith('.dump')).map((file) => file.slice(11, 19))
  const old = left.filter((day) => day <= name(20).slice(11, 19))
  assert.ok(old.length >= 3 && old.length <= 5, left.join(' '))
  const weekOf = (day) => Math.floor((Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`) / 86400000 + 3) / 7)
  assert.equal(new Set(old.map(weekOf)).size, old.length)
  assert.equal(readdirSync(kept).filter((file) => file.endsWith('.manifest')).length, left.length)
})

/** A folder with one dump of now and its manifest. */
function written(name, user = postgres) {
  const place = join(folder, name)
  mkdirSync(place)
  const { code, said } = dump(['keep', place], { user })
  assert.equal(code, 0, said)
  const [file] = readdirSync(place).filter((one) => one.endsWith('.dump'))
  return { place, file: join(place, file) }
}

test('a drill restores the newest dump beside the live database and counts every row', { skip }, () => {
  sql('wheelhouse', "INSERT INTO tenants (tenant) VALUES ('default') ON CONFLICT DO NOTHING; INSERT INTO runs (tenant, id, thread, revision, epoch, seq, agent, state, created) SELECT 'default', id, id, 1, 1, 1, 'a', 'waiting', '{}' FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 7)) n")
  const { place, file } = written('drill')
  assert.match(readFileSync(`${file}.manifest`, 'utf8'), /^rows public.runs 7$/m)
  const { code, said } = dump(['drill', place])
  assert.equal(code, 0, said)
  assert.match(said, /PROVEN: wheelhouse-.*, \d+ tables with every row, restored in \d+ s; 7 runs wait in it/)
  assert.equal(sql('postgres', "SELECT count(*) FROM pg_database WHERE datname LIKE '%drill'"), '0')
  writeFileSync(`${file}.manifest`, readFileSync(`${file}.manifest`, 'utf8').replace('rows public.runs 7', 'rows public.runs 8'))
  assert.match(dump(['drill', place]).said, /FAILED: .*lacks rows: public.runs \(7 of 8 rows\)/)
  assert.match(dump(['drill', place], { MOST_AGE_HOURS: 0 }).said, /FAILED: the newest dump, .* is 0 hours old/)
  assert.match(dump(['drill', join(folder, 'nowhere')]).said, /FAILED: there is no dump to prove/)
})

test('30 damages of a dump are noticed, in words', { skip }, () => {
  const { file } = written('damages')
  const whole = readFileSync(file)
  const manifest = readFileSync(`${file}.manifest`, 'utf8')
  assert.match(dump(['check', file]).said, /is as it was written/)
  const flipped = (share, bit = 1) => {
    const bytes = Buffer.from(whole)
    bytes[Math.floor((bytes.length - 1) * share)] ^= bit
    return bytes
  }
  const grown = (extra) => Buffer.concat([whole, Buffer.from(extra)])
  const swapped = Buffer.concat([whole.subarray(whole.length / 2), whole.subarray(0, whole.length / 2)])
  const damages = [
    ...[0, 1, 5, 1000, Math.floor(whole.length / 2), whole.length - 1].map((bytes) => [whole.subarray(0, bytes), manifest, /cut off or uploaded by half/]),
    ...[0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((share) => [flipped(share), manifest, /its bytes have changed/]),
    [flipped(0.5, 128), manifest, /its bytes have changed/],
    [grown('x'), manifest, /cut off or uploaded by half/],
    [grown(whole), manifest, /cut off or uploaded by half/],
    [swapped.length === whole.length ? swapped : whole.subarray(1), manifest, /its bytes have changed|cut off/],
    [Buffer.alloc(whole.length), manifest, /its bytes have changed/],
    [Buffer.from('age-encryption.org/v1'), manifest, /cut off or uploaded by half/],
    [null, manifest, /there is no dump/],
    [whole, null, /has no manifest/],
    [whole, '', /has no manifest/],
    [whole, 'manifest 1\n', /manifest beside .* is of ""/],
    [whole, manifest.split('\n').slice(0, 3).join('\n'), /is cut off: it does not say "sha256"/],
    [whole, manifest.split('\n').slice(0, 6).join('\n'), /is cut off: it has no rows/],
    [whole, manifest.replace('manifest 1', 'manifest 2'), /not one, or of a later version/],
    [whole, manifest.replace(/^dump .*/m, 'dump wheelhouse-20200101T000000Z.dump'), /is of "wheelhouse-20200101/],
    [whole, manifest.replace(/^sha256 ./m, 'sha256 g'), /its bytes have changed/],
    [whole, manifest.replace(/^bytes /m, 'bytes 9'), /cut off or uploaded by half/],
    [whole, manifest.replace(/^database .*/m, 'database other'), /is of a database "other", not of "wheelhouse"/],
    [whole, '<html>Not found</html>', /not one, or of a later version/],
  ]
  assert.ok(damages.length >= 30, `${damages.length}`)
  damages.forEach(([bytes, text, says], at) => {
    for (const [path, content] of [[file, bytes], [`${file}.manifest`, text]]) content === null ? rmSync(path, { force: true }) : writeFileSync(path, content)
    const { code, said } = dump(['check', file])
    assert.equal(code, 1, `damage ${at} went unnoticed`)
    assert.match(said, says, `damage ${at}`)
  })
})

test('a kept dump is brought back by its name, and held against its manifest', { skip }, () => {
  const { place, file } = written('bring')
  const manifest = readFileSync(`${file}.manifest`, 'utf8')
  assert.match(manifest, /^heads [0-9a-f]{64}$/m)
  assert.equal(dump(['bring', place], { DUMP: 'list' }).said, `${file.split('/').at(-1)}\n`)
  assert.match(dump(['bring', place], { DUMP: 'wheelhouse-1.dump' }).said, /FAILED: there is no dump "wheelhouse-1.dump"/)
  const damages = [
    [manifest.replace(/^rows public.runs .*/m, 'rows public.runs 99'), /lacks rows: public.runs \(7 of 99 rows\)/],
    [manifest.replace(/^heads .*/m, `heads ${'0'.repeat(64)}`), /the logs of the runs that were restored do not end where they ended/],
  ]
  for (const [text, says] of damages) {
    writeFileSync(`${file}.manifest`, text)
    assert.match(dump(['bring', place]).said, says)
    assert.equal(sql('postgres', "SELECT count(*) FROM pg_database WHERE datname LIKE '%restoring'"), '0')
  }
  writeFileSync(`${file}.manifest`, manifest)
  const { code, said } = dump(['bring', place])
  assert.equal(code, 0, said)
  assert.match(said, /CHECKED: \d+ tables with every row, 7 runs whose logs end where they did, 7 of them wait\nRESTORED: /)
})

test('a restore takes the name of the database, and what was there stays beside it', { skip }, () => {
  sql('wheelhouse', "CREATE TABLE IF NOT EXISTS mark (a text); INSERT INTO mark VALUES ('before')")
  const written = dump(['write']).out
  sql('wheelhouse', "UPDATE mark SET a = 'after'")
  const url = `postgresql://postgres:${postgres.DATABASE_PASSWORD}@127.0.0.1:${port}/wheelhouse?connect_timeout=5`
  const { code, said } = dump(['restore'], { input: written, DATABASE_URL: url })
  assert.equal(code, 0, said)
  assert.equal(sql('wheelhouse', 'SELECT a FROM mark'), 'before')
  assert.equal(sql('wheelhouse', "SELECT count(DISTINCT tableowner) FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'wheelhouse'"), '1')
  const [, old] = said.match(/is the database "([^"]+)"/)
  assert.equal(sql(old, 'SELECT a FROM mark'), 'after')
})

test('restores within one second each keep what was there before', { skip }, () => {
  const written = dump(['write']).out
  const stopped = mkdtempSync(join(tmpdir(), 'wheelhouse-clock-'))
  writeFileSync(join(stopped, 'date'), '#!/bin/sh\necho 20260102030405\n', { mode: 0o755 })
  const kept = [1, 2, 3].map(() => {
    const { code, said } = dump(['restore'], { input: written, PATH: `${stopped}:${bin}:${process.env.PATH}` })
    assert.equal(code, 0, said)
    return said.match(/is the database "([^"]+)"/)[1]
  })
  assert.deepEqual(kept, ['', '_2', '_3'].map((number) => `wheelhouse_old_20260102030405${number}`))
})

test('a restore that breaks off, or meets a running backend, changes nothing', { skip }, () => {
  const written = dump(['write']).out
  assert.match(dump(['restore'], { input: written.subarray(0, written.length / 2) }).said, /FAILED: pg_restore broke off: the database "wheelhouse" is as it was/)
  assert.equal(sql('postgres', "SELECT count(*) FROM pg_database WHERE datname LIKE '%restoring'"), '0')
  const busy = `SELECT 1; \\! PATH=${bin}:$PATH DATABASE_HOST=127.0.0.1 DATABASE_PORT=${port} DATABASE_NAME=wheelhouse DATABASE_USER=postgres DATABASE_PASSWORD=${postgres.DATABASE_PASSWORD} PGPASSWORD= /bin/sh ${script} restore </dev/null 2>&1`
  const { stdout } = spawnSync(join(bin, 'psql'), ['-qAtX', '-h', '127.0.0.1', '-p', port, '-U', 'postgres', '-d', 'wheelhouse'], {
    input: busy,
    env: { ...process.env, PGPASSWORD: postgres.DATABASE_PASSWORD },
    encoding: 'utf8',
  })
  assert.match(stdout, /sessions use the database "wheelhouse": stop the backend first/)
})

test('a dump of a database of another name is refused, because its roles are named after it', { skip }, () => {
  sql('postgres', 'CREATE DATABASE other')
  assert.match(dump(['look'], { input: dump(['write']).out, name: 'other' }).said, /the dump is of a database "wheelhouse".*not into "other"/)
})
