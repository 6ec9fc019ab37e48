// Dumps in a store of objects, by rclone on a folder, which is one of the places that it speaks to. Skipped where there is no rclone.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { chartSource } from './rendering.mjs'

const skip = spawnSync('rclone', ['version']).error && 'no rclone (apt-get install rclone)'
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-store-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

/** store.sh or dump.sh: {code, said}. */
function run(script, args, more = {}) {
  const env = { PATH: process.env.PATH, RCLONE_CONFIG_STORE_TYPE: 'local', KEEP_DAYS: 7, KEEP_LEAST: 1, KEEP_WEEKS: 4, DATABASE_HOST: '127.0.0.1', DATABASE_PORT: 1, DATABASE_NAME: 'w', DATABASE_USER: 'w', ...more }
  const { status, stdout, stderr } = spawnSync('/bin/sh', [join(chartSource, 'files', script), ...args], { env, encoding: 'utf8' })
  return { code: status, said: stdout + stderr }
}

const name = (days) => `wheelhouse-${new Date(Date.now() - days * 86400000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.dump`

/** Folders of a store and of what was written, with a dump and its manifest in the latter. */
function places(end = '') {
  const at = join(folder, `${made++}`)
  const [store, out, back] = ['store', 'out', 'back'].map((one) => join(at, one))
  for (const place of [store, out, back]) mkdirSync(place, { recursive: true })
  const dump = name(0)
  const bytes = Buffer.from('a dump of some length'.repeat(50))
  writeFileSync(join(out, dump + end), bytes)
  const sum = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(join(out, `${dump}.manifest`), `manifest 1\ndump ${dump}\nbytes ${bytes.length}\nsha256 ${sum}\ndatabase w\nrows public.runs 3\n`)
  return { store, out, back, dump, env: { STORE_PLACE: store } }
}

test('a dump is sent, its manifest last, and fetched as it was', { skip }, () => {
  for (const end of ['', '.age']) {
    const { store, out, back, dump, env } = places(end)
    const sent = run('store.sh', ['send', out], env)
    assert.equal(sent.code, 0, sent.said)
    assert.match(sent.said, /SENT: wheelhouse-.*\nThere are 1 dumps in the store/)
    assert.deepEqual(readdirSync(store).sort(), [`${dump}${end}`, `${dump}.manifest`].sort())
    assert.equal(run('store.sh', ['fetch', back], { ...env, DUMP: 'list' }).said, `${dump}\n`)
    assert.match(run('store.sh', ['fetch', back], env).said, /FETCHED: /)
    assert.deepEqual(readFileSync(join(back, dump + end)), readFileSync(join(out, dump + end)))
  }
})

test('seven days and the newest of each of four weeks stay in the store', { skip }, () => {
  const { store, out, env } = places()
  for (let day = 1; day <= 60; day++) for (const end of day % 2 ? ['', '.manifest'] : ['.age', '.manifest']) writeFileSync(join(store, name(day) + end), 'x')
  writeFileSync(join(store, name(90)), 'sent by half, long ago')
  writeFileSync(join(store, 'of-others.txt'), 'x')
  assert.equal(run('store.sh', ['send', out], env).code, 0)
  const left = readdirSync(store)
  const old = left.filter((file) => file.endsWith('.manifest')).filter((file) => file < name(7)).length
  assert.ok(left.includes('of-others.txt') && !left.some((file) => file.startsWith(name(90))))
  assert.ok(old >= 3 && old <= 4, `${old} of former weeks`)
  assert.equal(left.filter((file) => file >= name(6.9) && file.endsWith('.manifest')).length, 7)
})

test('what is wrong in a store is noticed, in words', { skip }, () => {
  const write = (place, file, bytes) => writeFileSync(join(place, file), bytes)
  const half = (bytes) => bytes.subarray(0, bytes.length / 2)
  const flipped = (bytes, at) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ 1 : byte)))
  const cases = [
    [({ store }) => rmSync(store, { recursive: true }), /the store does not say what is in/],
    [({ store, dump }) => [dump, `${dump}.manifest`].forEach((one) => rmSync(join(store, one))), /there is no whole dump/],
    [({ store, dump }) => rmSync(join(store, `${dump}.manifest`)), /there is no whole dump/],
    [({ store, dump }) => rmSync(join(store, `${dump}.manifest`)), /no manifest in the store: it was uploaded by half/, ({ dump }) => dump],
    [({ store, dump }) => rmSync(join(store, dump)), /the store has the manifest of .* and not the dump/],
    [() => {}, /there is no dump "wheelhouse-2.dump"/, () => 'wheelhouse-2.dump'],
    [() => {}, /there is no dump "\.\."/, () => '..'],
    ...[0, 1, 100, 500].map((size) => [({ store, dump }, bytes) => write(store, dump, bytes.subarray(0, size)), /cut off or uploaded by half/]),
    [({ store, dump }, bytes) => write(store, dump, half(bytes)), /cut off or uploaded by half/],
    [({ store, dump }, bytes) => write(store, dump, Buffer.concat([bytes, bytes])), /cut off or uploaded by half/],
    ...[0, 1, 17, 512, 1000, 1049].map((at) => [({ store, dump }, bytes) => write(store, dump, flipped(bytes, at)), /its bytes have changed/]),
    [({ store, dump }, bytes) => write(store, dump, Buffer.alloc(bytes.length)), /its bytes have changed/],
    [({ store, dump }) => write(store, dump, '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>'), /cut off or uploaded by half/],
    [({ store, dump }) => write(store, `${dump}.manifest`, ''), /has no manifest/],
    [({ store, dump }) => write(store, `${dump}.manifest`, '<html>'), /not one, or of a later version/],
    [({ store, dump }) => write(store, `${dump}.manifest`, 'manifest 2\n'), /not one, or of a later version/],
    [({ store, dump }) => write(store, `${dump}.manifest`, `manifest 1\ndump ${dump}\n`), /is cut off: it does not say "bytes"/],
    [({ store, dump }) => write(store, `${dump}.manifest`, 'manifest 1\ndump wheelhouse-20200101T000000Z.dump\n'), /is of "wheelhouse-20200101/],
    ...['bytes', 'sha256', 'rows'].map((word) => [
      ({ store, dump }) => write(store, `${dump}.manifest`, readFileSync(join(store, `${dump}.manifest`), 'utf8').replace(new RegExp(`^${word} .*\n`, 'm'), '')),
      /is cut off: it (does not say|has no rows)/,
    ]),
    [({ store, dump }) => write(store, `${dump}.manifest`, readFileSync(join(store, `${dump}.manifest`), 'utf8').replace(/^sha256 ./m, 'sha256 g')), /its bytes have changed/],
    [({ store, dump }, bytes) => { rmSync(join(store, dump)); write(store, `${dump}.age`, bytes) }, /there is no dump/],
  ]
  assert.ok(cases.length >= 30, `${cases.length}`)
  for (const [at, [damage, says, named]] of cases.entries()) {
    const made = places()
    run('store.sh', ['send', made.out], made.env)
    damage(made, readFileSync(join(made.out, made.dump)))
    const fetched = run('store.sh', ['fetch', made.back], { ...made.env, DUMP: named?.(made) ?? 'newest' })
    const { code, said } = fetched.code ? fetched : run('dump.sh', ['check', join(made.back, made.dump)])
    assert.equal(code, 1, `damage ${at} went unnoticed`)
    assert.match(said, says, `damage ${at}: ${said}`)
  }
})

test('what was sent by half is passed over for the newest whole dump', { skip }, () => {
  const { store, out, back, dump, env } = places()
  run('store.sh', ['send', out], env)
  writeFileSync(join(store, name(-1) + '.age'), 'half')
  const { code, said } = run('store.sh', ['fetch', back], env)
  assert.equal(code, 0, said)
  assert.match(said, /Passed over: wheelhouse-.* has no manifest, so it was sent by half\nFETCHED: /)
  assert.deepEqual(readdirSync(back).sort(), [dump, `${dump}.manifest`])
})

test('a store that refuses is told, and nothing counts as sent', { skip }, () => {
  const { out } = places()
  const { code, said } = run('store.sh', ['send', out], { STORE_PLACE: '/proc/nowhere' })
  assert.equal(code, 1)
  assert.match(said, /was not sent: see above. What has arrived has no manifest, and counts as none/)
})
