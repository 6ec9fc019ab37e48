// What scripts/try-traces looks at: it lets runs go on at two replicas, kills the one that sends, and counts spans.

import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const { COLLECTOR, ONE, TWO, PIDS, WORK, JAEGER } = process.env
const runs = Number(process.env.RUNS)
const caller = '00f067aa0ba902b7'
const arrived = new Map()
let batches = 0
let again = 0
let ahead = 0
let kill = () => {}

/** A collector that takes OTLP as JSON; in the middle of the third batch its sender is killed, before it hears that it was taken. */
const standIn = createServer((request, response) => {
  const bytes = []
  request.on('data', (some) => bytes.push(some))
  request.on('end', async () => {
    batches++
    for (const resource of JSON.parse(Buffer.concat(bytes)).resourceSpans)
      for (const scope of resource.scopeSpans)
        for (const span of scope.spans) {
          const id = `${span.traceId}/${span.spanId}`
          if (arrived.has(id)) again++
          else arrived.set(id, { parent: span.parentSpanId, at: Date.now() })
        }
    if (kill()) await pause(300)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})

/** Jaeger 2 with its memory as the store: spans come in by OTLP and are read by its API. */
function jaeger(ui) {
  writeFileSync(
    join(WORK, 'jaeger.yaml'),
    `service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines: {traces: {receivers: [otlp], exporters: [jaeger_storage_exporter]}}
  telemetry: {metrics: {level: none}}
extensions:
  jaeger_storage: {backends: {memory: {memory: {max_traces: 100000}}}}
  jaeger_query: {storage: {traces: memory}, http: {endpoint: "127.0.0.1:${ui}"}, grpc: {endpoint: "127.0.0.1:0"}}
receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:${COLLECTOR}"}}}}
exporters: {jaeger_storage_exporter: {trace_storage: memory}}
`,
  )
  return spawn(JAEGER, ['--config', join(WORK, 'jaeger.yaml')], { stdio: 'ignore' })
}

const traceOf = (n) => n.toString(16).padStart(8, '0').repeat(4)
const post = (port, n) =>
  fetch(`http://127.0.0.1:${port}/api/v1/agents/assistant/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=30', traceparent: `00-${traceOf(n)}-${caller}-01`, 'idempotency-key': `trace-${n}` },
    body: JSON.stringify({ input: [{ role: 'user', content: `calculate ${n} * 7` }] }),
  }).then((answer) => answer.json())

/** The spans of a trace by their ids, as the collector has them; how often each is there. */
async function spansOf(trace, ui) {
  if (!ui) return [...arrived].filter(([id]) => id.startsWith(trace)).map(([id, { parent }]) => ({ id: id.split('/')[1], parent }))
  const { data } = await (await fetch(`http://127.0.0.1:${ui}/api/traces/${trace}`)).json()
  return (data?.[0]?.spans ?? []).map(({ spanID, references }) => ({ id: spanID, parent: references?.[0]?.spanID }))
}

const ui = JAEGER ? Number(COLLECTOR) + 1 : undefined
const child = JAEGER ? jaeger(ui) : undefined
if (!JAEGER) await new Promise((ready) => standIn.listen(Number(COLLECTOR), '127.0.0.1', ready))
let failed = 0
const check = (fine, what) => {
  if (!fine) failed++
  console.log(`${fine ? 'yes' : 'NO '}  ${what}`)
}

// One alone: how long after its end its spans are there.
const first = await post(ONE, 1)
const ended = Date.now()
while ((await spansOf(traceOf(1), ui).catch(() => [])).length < 4 && Date.now() - ended < 30_000) await pause(100)
const late = (Date.now() - ended) / 1000
check(first.state === 'succeeded' && late <= 10, `the spans of a run are there ${late.toFixed(1)} s after its end (10 at most)`)
const root = (await spansOf(traceOf(1), ui)).find(({ parent }) => parent === caller)
check(root, "its root's parent is the caller's span")

// The one that sends dies in the middle of the second batch from here; with a real collector, at some time.
const pids = PIDS.split(' ')
const sender = () => pids.map((file) => Number(readFileSync(file, 'utf8')))
let died = false
const die = () => {
  if (died) return false
  died = true
  process.kill(sender()[0], 'SIGKILL')
  return true
}
const at = batches + 2
if (!JAEGER) kill = () => batches >= at && die()
const states = []
for (let n = 2; n <= runs; n += 4) {
  const some = [...Array(Math.min(4, runs - n + 1)).keys()].map((more) => post((n + more) % 2 && !died ? ONE : TWO, n + more).catch(() => post(TWO, n + more)))
  states.push(...(await Promise.all(some)).map(({ state }) => state))
  if (JAEGER && n > runs / 2) die()
  ahead = n
}
const wanted = 4 * runs
const until = Date.now() + 120_000
let there = 0
while (Date.now() < until) {
  there = 0
  for (let n = 1; n <= runs; n++) there += new Set((await spansOf(traceOf(n), ui)).map(({ id }) => id)).size
  if (there >= wanted) break
  await pause(1000)
}
let doubled = 0
for (let n = 1; n <= runs; n++) {
  const ids = (await spansOf(traceOf(n), ui)).map(({ id }) => id)
  doubled += ids.length - new Set(ids).size
}
check(died, `the replica that sends was killed with -9 after run ${ahead} at the latest`)
check(states.every((state) => state === 'succeeded'), `${states.length} runs went on to their ends`)
check(there >= wanted, `${there} of ${wanted} spans are there, ${Math.max(0, wanted - there)} lost`)
check(there === wanted && doubled === 0, `${Math.max(0, there - wanted) + doubled} doubled; ${again} came twice with the same ids, which is one span`)
child?.kill()
standIn.close()
standIn.closeAllConnections?.()
process.exit(failed ? 1 : 0)
