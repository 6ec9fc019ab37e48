// 200 streams that something happens to: the replica is told to stop (SIGTERM), is killed (kill -9), its run goes on
// elsewhere, or a person decides in between. Counts answers that are not whole without an error in the client.
//
//   node cuts.mjs [STREAMS]      REPLICAS, a list of url=pid-file, and PLATFORM_KEY say where
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Caller, clients } from './caller.mjs'
import { Platform } from './platform.mjs'
import { publish } from './proof.mjs'

const streams = Number(process.argv[2] ?? 200)
const key = process.env.PLATFORM_KEY ?? 'none'
const replicas = process.env.REPLICAS.split(' ').map((one) => {
  const [url, pidFile] = one.split('=')
  return {
    url,
    platform: new Platform(url, key),
    pid: () => Number(readFileSync(pidFile, 'utf8')),
  }
})

const ready = async ({ url }) => {
  for (let tries = 0; tries < 1200; tries++) {
    const is = await fetch(`${url}/ready`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (is) return
    await pause(50)
  }
  throw new Error(`${url} did not become ready`)
}

const names = Object.keys(clients).filter((name) => !clients[name].isCommand)
const callers = new Map()
const caller = (name, { url }) => {
  const id = `${name} ${url}`
  if (!callers.has(id)) callers.set(id, new Caller(name, `${url}/v1`, key))
  return callers.get(id)
}

const slow = {
  say: 'be slow for 6 s',
  whole: (text) => text.endsWith('Done after 6 s.'),
}
const held = {
  say: 'long answer',
  whole: (text) => text.trimEnd().endsWith('looked exactly like this one.'),
}
const ask = {
  say: 'ask a person whether the rope is new',
  model: 'asking',
  whole: (text) => text.includes('yes'),
}

const happenings = {
  SIGTERM: { ...slow, happen: async (at) => process.kill(at.pid(), 'SIGTERM') },
  'kill -9': {
    ...slow,
    happen: async (at) => process.kill(at.pid(), 'SIGKILL'),
  },
  // The stream is read where its run is not: the replica that carries the run on is killed.
  'hand-over': {
    ...slow,
    elsewhere: true,
    happen: async (at) => process.kill(at.pid(), 'SIGKILL'),
  },
  'hand-over in peace': {
    ...slow,
    elsewhere: true,
    happen: async (at) => process.kill(at.pid(), 'SIGTERM'),
  },
  approval: {
    ...ask,
    happen: async ({ platform }) => {
      for (const { id } of (await platform.json('GET', '/api/v1/approvals?state=open&limit=200')).data) {
        await platform.approve(id, { answer: 'yes' }).catch(() => {})
      }
    },
  },
  whole: { ...held, happen: async () => {} },
}

/** Starts the run of a call on a replica that nobody then reads from: the same key joins it on another one. */
async function begin({ url }, idempotencyKey, say) {
  const asking = fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({
      model: 'assistant',
      messages: [{ role: 'user', content: say }],
    }),
    signal: AbortSignal.timeout(400),
  })
  await asking.catch(() => {})
}

const counts = {}
let incomplete = 0
let done = 0
const batch = names.length
for (const replica of replicas) await ready(replica)
await replicas[0].platform.json('PUT', '/api/v1/agents/asking', {
  name: 'asking',
  instructions: 'You ask.',
  model: 'default',
  tools: ['ask_person', 'clock'],
})
// Whoever is cut has to be in the middle of something: callers take seconds to start.
for (const name of names) {
  await Promise.all(replicas.map((replica) => caller(name, replica).ask({ say: 'hello' })))
}
for (let round = 0; done < streams; round++) {
  const what = Object.keys(happenings)[round % Object.keys(happenings).length]
  const { say, model, whole, happen, elsewhere } = happenings[what]
  const hit = replicas[round % replicas.length]
  const read = elsewhere ? replicas[(round + 1) % replicas.length] : hit
  const asking = names.slice(0, Math.min(batch, streams - done)).map(async (name) => {
    const headers = elsewhere ? { 'idempotency-key': `${what} ${round} ${name}`.replaceAll(' ', '-') } : undefined
    if (elsewhere) await begin(hit, headers['idempotency-key'], say)
    const answer = await caller(name, read).ask({ say, model, headers, stream: true, retries: 0 }, 120_000)
    counts[what] ??= { whole: 0, error: 0, incomplete: 0 }
    const kind = answer.broken
      ? 'incomplete'
      : answer.error
        ? 'error'
        : whole(answer.text ?? '')
          ? 'whole'
          : 'incomplete'
    counts[what][kind]++
    if (kind === 'incomplete') {
      incomplete++
      console.log(`incomplete: ${name}, ${what}: ${answer.broken ?? JSON.stringify(answer.text)}`)
    }
  })
  await pause(1500 + (round % 5) * 200)
  await happen(hit)
  await Promise.all(asking)
  done += asking.length
  for (const replica of replicas) await ready(replica)
}
for (const one of callers.values()) one.close()
publish('cuts', { done, incomplete, counts })
console.table(counts)
console.log(`${incomplete} of ${done} answers are incomplete without an error`)
process.exit(incomplete === 0 ? 0 : 1)
