// scripts/canary takes a canary back by what is measured: by each Pod's metrics, and by a real Prometheus where PROMETHEUS names its
// program, because its answers are what the script has to read. kubectl and helm are stand-ins.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { chartSource } from './rendering.mjs'

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-canary-'))
const closing = [() => rmSync(folder, { recursive: true, force: true })]
after(async () => {
  for (const close of closing.reverse()) await close()
})

const counts = { canary: [0, 0], stable: [0, 0] }
const page = (track) =>
  `# TYPE http_server_request_duration_seconds histogram\nhttp_server_request_duration_seconds_count{http_request_method="GET",http_route="/ready",http_response_status_code="503"} 50\n${['200', '503'].map((status, at) => `http_server_request_duration_seconds_count{http_request_method="GET",http_route="/chat",http_response_status_code="${status}"} ${counts[track][at]}`).join('\n')}\n`

/** A Pod of each track, whose metrics are at its own port. */
const pods = {}
for (const track of Object.keys(counts)) {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page(track)))
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  closing.push(() => new Promise((done) => server.close(done).closeAllConnections()))
  pods[track] = server.address().port
}

mkdirSync(join(folder, 'charts'))
const program = (name, text) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}`)
  chmodSync(join(folder, name), 0o755)
}
program(
  'helm',
  `case $1 in
    history) echo '[{"revision":7,"updated":"now","status":"deployed","chart":"wheelhouse","app_version":"1","description":"Canary beside revision 6"}]' ;;
    upgrade | rollback) echo "$*" >>${folder}/changes ;;
  esac\n`,
)
program(
  'kubectl',
  `case "$*" in
    *readyReplicas*) [ "$READY" = no ] || echo 1 ;;
    *restartCount*) echo "\${RESTARTS:-0} " ;;
    *track==*) echo w-backend-canary ;;
    *track=canary*metadata.name*) echo canary ;;
    *track=stable*metadata.name*) echo stable ;;
    *containerPort*) echo 9090 ;;
    *port-forward*pod/canary*) echo "Forwarding from 127.0.0.1:${pods.canary} -> 9090"; exec sleep 30 ;;
    *port-forward*pod/stable*) echo "Forwarding from 127.0.0.1:${pods.stable} -> 9090"; exec sleep 30 ;;
  esac\n`,
)

function watch(seconds, more = {}) {
  rmSync(join(folder, 'changes'), { force: true })
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HELM: join(folder, 'helm'), WHEELHOUSE_CHARTS_DIR: join(folder, 'charts'), WATCH: `${seconds}`, SETTLE: '0', PROMETHEUS: '', SETTLE: '0', ...more }
  const began = Date.now()
  const child = spawn(join(chartSource, '../../scripts/canary'), ['watch'], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (some) => (said += some))
  return new Promise((done) =>
    child.on('close', (code) => done({ code, said, seconds: (Date.now() - began) / 1000, changes: existsSync(join(folder, 'changes')) ? readFileSync(join(folder, 'changes'), 'utf8') : '' })),
  )
}

const cases = [
  ['answers with 5xx', { canary: [60, 40], stable: [900, 0] }, {}, /answered 40 of 100 requests with 5xx, the others 0 of 900/],
  ['fails one in thirty', { canary: [290, 10], stable: [900, 1] }, {}, /answered 10 of 300 requests/],
  ['is not ready', { canary: [0, 0], stable: [9, 0] }, { READY: 'no', READY_WITHIN: '0' }, /no replica of it is ready/],
  ['restarts', { canary: [0, 0], stable: [9, 0] }, { RESTARTS: '3' }, /restarted 3 times/],
]
for (const [what, now, more, says] of cases) {
  test(`a canary that ${what} is taken back`, async () => {
    Object.assign(counts, now)
    const { code, said, changes } = await watch(600, more)
    assert.equal(code, 1, said)
    assert.match(said, says)
    assert.match(changes, /^upgrade .*--set backend.canary.weight=0 .*\nrollback wheelhouse 6 /)
  })
}

test('a canary that does as well as the others is let be', async () => {
  for (const now of [{ canary: [100, 1], stable: [900, 9] }, { canary: [10, 9], stable: [900, 0] }, { canary: [50, 50], stable: [500, 500] }]) {
    Object.assign(counts, now)
    const { code, said, changes } = await watch(1)
    assert.equal(code, 0, said)
    assert.match(said, /The canary was well for 1 s/)
    assert.equal(changes, '')
  }
})

const prometheus = process.env.PROMETHEUS
test('a real Prometheus tells the tracks apart, and the canary is gone within a minute', { skip: !prometheus && 'no Prometheus: set PROMETHEUS' }, async () => {
  const free = createServer()
  await new Promise((ready) => free.listen(0, '127.0.0.1', ready))
  const { port } = free.address()
  await new Promise((done) => free.close(done))
  const job = (track) => `  - {job_name: ${track}, scrape_interval: 1s, static_configs: [{targets: ["127.0.0.1:${pods[track]}"], labels: {track: ${track}}}]}\n`
  writeFileSync(join(folder, 'prometheus.yml'), `scrape_configs:\n${job('canary')}${job('stable')}`)
  const child = spawn(prometheus, [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'], { stdio: 'ignore' })
  closing.push(() => new Promise((done) => (child.exitCode === null ? child.on('exit', done).kill() : done())))
  const at = `http://127.0.0.1:${port}`
  Object.assign(counts, { canary: [1000, 0], stable: [9000, 0] })
  const asked = async (query) => (await (await fetch(`${at}/api/v1/query?query=${encodeURIComponent(query)}`)).json()).data?.result ?? []
  for (const end = Date.now() + 60_000; (await asked('count_over_time(http_server_request_duration_seconds_count{track="canary"}[1m]) > 2').catch(() => [])).length === 0; await pause(200)) {
    assert.ok(Date.now() < end, 'Prometheus does not read the Pods')
  }
  const traffic = setInterval(() => {
    counts.canary = [counts.canary[0] + 1, counts.canary[1] + 9]
    counts.stable[0] += 90
  }, 200)
  try {
    const { code, said, seconds, changes } = await watch(600, { PROMETHEUS: at })
    assert.equal(code, 1, said)
    assert.match(said, /answered [\d.]+ of [\d.]+ requests with 5xx, the others 0 of [\d.]+/)
    assert.match(changes, /^upgrade .*--set backend.canary.weight=0 .*\nrollback wheelhouse 6 /)
    assert.ok(seconds < 60, `${seconds}`)
  } finally {
    clearInterval(traffic)
  }
})
