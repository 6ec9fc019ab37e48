import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure } from './figures.mjs'
import { Load } from './load.mjs'
import { firstKey, install } from './platform.mjs'
import { apply, forward, helm, kubectl, read, until } from './programs.mjs'
import { forgetRelease, release } from './release.mjs'
import { hasEnded, runOf, send } from './requests.mjs'
import { script } from './scripts.mjs'
import { skip, surroundings } from './surroundings.mjs'

const { namespace, frontend, nextBackend } = surroundings
const noNext = skip || (!nextBackend && 'NEXT_BACKEND_IMAGE not given: there is no version to try')

/** The console's nginx in the backend's place: healthy by its probes, 500 for whoever wants something, and its metrics say so. */
const faulty = `worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server {
    listen 8080;
    location /health { return 200; }
    location /ready { return 200; }
    location /metrics { return 200 'http_server_request_duration_seconds_count{http_response_status_code="500"} 40\\n'; }
    location / { return 500; }
  }
}`

const canaryPods = async () => (await read('pods', '-l', 'app.kubernetes.io/component=backend,track=canary')).items.length

/** Requests for the list of tools that the Pods of a track have answered. */
async function answered(track) {
  let sum = 0
  for (const { metadata } of (await read('pods', '-l', `app.kubernetes.io/component=backend,track=${track}`)).items) {
    const { url, end } = await forward(`pod/${metadata.name}`, 8080)
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${await firstKey()}` } })).text()
    end()
    for (const line of text.split('\n')) if (/^http_server_request_duration_seconds_count\{.*"\/api\/v1\/tools"/.test(line)) sum += Number(line.split(' ').at(-1))
  }
  return sum
}

async function ask(times, headers) {
  const statuses = []
  for (let at = 0; at < times; at += 10) statuses.push(...(await Promise.all(Array.from({ length: 10 }, () => send('GET', '/api/v1/tools', undefined, headers)))).map(({ status }) => status))
  return statuses.filter((status) => status !== 200)
}

async function lost(runs) {
  const seen = []
  for (const run of runs) if (!(await until(`the end of run ${run}`, 60, async () => hasEnded(await runOf(run)) && (await runOf(run)).state === 'succeeded').catch(() => false))) seen.push(run)
  return seen
}

test('a canary gets its share and whoever asks for it, and is taken in without a failed request', { skip: noNext }, async () => {
  await release()
  await install('--reuse-values', '--set', 'backend.canary.header=X-Canary', '--set-string', `backend.canary.image.repository=${nextBackend.repository}`, '--wait')
  const started = await script('canary', { TAG: nextBackend.tag, WATCH: '0', READY_WITHIN: '120' }, 'start', '10')
  assert.equal(started.code, 0, started.said)

  // A controller needs a moment to read of a share.
  await until('the first request that is shared', 60, async () => (await ask(40)).length === 0 && (await answered('canary')) > 0)
  const before = await answered('canary')
  assert.deepEqual(await ask(1000), [])
  const share = ((await answered('canary')) - before) / 10
  figure('a canary of 10 %: its share of 1,000 requests, %', share, '7 to 13')
  assert.ok(share >= 7 && share <= 13, `${share} %`)
  const asked = await answered('canary')
  assert.deepEqual(await ask(100, { 'x-canary': 'always' }), [])
  assert.equal((await answered('canary')) - asked, 100)

  const load = new Load(20)
  const promoted = await script('canary', {}, 'promote')
  await until('the canary to be gone', 90, async () => (await canaryPods()) === 0)
  await load.stop()
  assert.equal(promoted.code, 0, promoted.said)
  figure('a canary taken in under 20 requests/s: failed', `${load.failed.length + load.reset} of ${load.sent}`, '0')
  assert.deepEqual(load.failed.slice(0, 5), [])
  assert.deepEqual(await lost(load.runs), [])
  const { items } = await read('deployments', '-l', 'app.kubernetes.io/component=backend')
  assert.deepEqual(items.map(({ spec }) => spec.template.spec.containers[0].image), [`${nextBackend.repository}:${nextBackend.tag}`])
})

test('a canary that never becomes ready gets no request and goes by itself', { skip }, async () => {
  await release()
  const load = new Load(20)
  const { code, said } = await script('canary', { TAG: 'no-such-tag', READY_WITHIN: '15' }, 'start', '10')
  await load.stop()
  assert.equal(code, 1)
  assert.match(said, /No request goes to the canary\.[^]*no replica of it is ready after 15 s/)
  figure('a canary that never becomes ready: failed', `${load.failed.length + load.reset} of ${load.sent}`, '0')
  assert.deepEqual(load.failed.slice(0, 5), [])
  assert.deepEqual(await lost(load.runs), [])
  assert.equal(await canaryPods(), 0)
})

test('a canary that answers with 500 is gone within a minute, and only its share has failed', { skip }, async () => {
  await release()
  await apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'faulty', namespace }, data: { 'nginx.conf': faulty } })
  const mounted = { backend: { extraVolumes: [{ name: 'faulty', configMap: { name: 'faulty' } }], extraVolumeMounts: [{ name: 'faulty', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf', readOnly: true }] } }
  await install('--reuse-values', '--set-json', `backend.extraVolumes=${JSON.stringify(mounted.backend.extraVolumes)}`, '--set-json', `backend.extraVolumeMounts=${JSON.stringify(mounted.backend.extraVolumeMounts)}`, '--set-string', `backend.canary.image.repository=${frontend.repository}`, '--wait')
  const load = new Load(20)
  const first = until('the first failure', 120, () => load.failed.length > 0 && Date.now())
  const { code, said } = await script('canary', { TAG: frontend.tag }, 'start', '10')
  const seconds = (Date.now() - (await first)) / 1000
  const sent = load.sent
  await until('some load after', 20, () => load.sent > sent + 60)
  const failed = load.failed.length
  await load.stop()

  assert.equal(code, 1)
  assert.match(said, /The canary was ill: it answered 40 of 40 requests with 5xx/)
  figure('a canary that answers 500, at 10 % of 20 requests/s: s from the first failure until it is gone', seconds.toFixed(1), '<= 60')
  figure('a canary that answers 500: failed', `${load.failed.length} of ${load.sent}`, '<= 15 % of those to the API')
  assert.ok(seconds <= 60, `${seconds} s`)
  assert.ok(load.failed.length <= load.sent * 0.15)
  assert.equal(load.failed.length, failed, 'none fails once it is gone')
  assert.deepEqual(load.failed.filter((line) => !/: 500 /.test(line)), [])
  assert.deepEqual(await lost(load.runs), [])
  assert.equal(await canaryPods(), 0)
  await helm('test', surroundings.release, '--timeout', '3m')
  await kubectl('delete', 'configmap', 'faulty')
  forgetRelease()
})
