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
  assert.deepEqual(names.filter((name) => !old.slice(1).includes(name)).length, 2)
  assert.ok(!names.includes(old[0]) && names.includes('notes.txt') && names.includes(old[2]))
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
