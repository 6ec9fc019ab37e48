// The table: every client × what happens to its calls. A cell is right, or says what was wrong, silent or done twice.
//
//   node table.mjs [quick] [CLIENT…]      PLATFORM_URL and PLATFORM_KEY say where
import { Caller, clients } from './caller.mjs'
import { Platform } from './platform.mjs'
import { publish } from './proof.mjs'

const platform = new Platform(process.env.PLATFORM_URL, process.env.PLATFORM_KEY ?? 'none')
const base = `${platform.url}/v1`
// One red pixel.
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const cells = {
  async chat(caller) {
    const answer = await caller.ask({ say: 'what is 6 * 7' })
    return right(answer, (text) => text.includes('42') && !text.includes('Calling'))
  },

  async 'stream with usage'(caller, { isCommand }) {
    const [run, streamed, whole] = await one(async () => [
      await caller.ask({ say: 'what is 6 * 8', stream: true }),
      await caller.ask({ say: 'what is 6 * 8' }),
    ])
    if (run !== 2) return `${run} runs for two calls`
    const isCounted = isCommand || caller.name === 'LlamaIndex' || streamed.usage > 0
    if (!isCounted) return `usage is ${streamed.usage}`
    return right(streamed, (text) => text.trim() === whole.text?.trim() && text.includes('48'))
  },

  async 'long stream'(caller) {
    const answer = await caller.ask({ say: 'long answer', stream: true })
    return right(answer, (text) => text.trimEnd().endsWith('looked exactly like this one.'))
  },

  async turns(caller, { isCommand }) {
    if (isCommand) return undefined
    const messages = [
      { role: 'system', content: 'Answer briefly.' },
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'what is 40 + 2' },
    ]
    return right(await caller.ask({ messages }), (text) => text.includes('42'))
  },

  async 'a picture'(caller, { isCommand }) {
    if (isCommand) return undefined
    const content = [
      { type: 'text', text: 'Tell me what this is' },
      { type: 'image_url', image_url: { url: picture } },
    ]
    const answer = await caller.ask({ messages: [{ role: 'user', content }] })
    return right(answer, (text) => text.includes('1 picture: image/png of 70 bytes'))
  },

  async 'failed run'(caller) {
    const [runs, answer] = await one(async () => [await caller.ask({ say: 'fail' })])
    return wrong(answer, runs, /fail/i)
  },

  async 'failed stream'(caller) {
    const [runs, answer] = await one(async () => [await caller.ask({ say: 'fail', stream: true })])
    return wrong(answer, runs, /fail/i)
  },

  async 'waiting run, then approved'(caller) {
    const before = await platform.runs()
    const say = 'ask a person whether the rope is new'
    const first = await caller.ask({ say, model: 'asking' })
    const runs = await platform.since(before)
    const told = wrong(first, runs.length, /waits for a person|waiting_for_approval/)
    if (told) return told
    if (first.ms > 30_000) return `answered after ${first.ms} ms`
    const open = await platform.open(runs[0])
    if (open.length !== 1) return `${open.length} open approvals`
    await platform.approve(open[0].id, { answer: 'yes' })
    const second = await caller.ask({ say, model: 'asking' })
    const after = await platform.since(before)
    if (after.length !== 1) return `asked again, there are ${after.length} runs`
    return right(second, (text) => text.includes('yes'))
  },

  async 'approved in mid-stream'(caller) {
    const before = await platform.runs()
    const asking = caller.ask({
      say: 'ask a person whether the mast is new',
      model: 'asking',
      stream: true,
    })
    let open = []
    for (let tries = 0; tries < 200 && open.length === 0; tries++) {
      const [run] = await platform.since(before)
      open = run ? await platform.open(run) : []
      if (open.length === 0) await new Promise((go) => setTimeout(go, 20))
    }
    await platform.approve(open[0].id, { answer: 'no' })
    return right(await asking, (text) => text.includes('no'))
  },

  async 'timeout, then asked again'(caller, { isCommand }) {
    if (isCommand) return undefined
    const before = await platform.runs()
    const answer = await caller.ask({
      // The same from another client would be a call that was left without an answer, and join its run.
      say: `${caller.name}, be slow for 4 s`,
      timeout: 1500,
      retries: 2,
    })
    if (answer.broken) return answer.broken
    const runs = await platform.since(before)
    if (runs.length !== 1) return `${runs.length} runs for one call`
    if (!answer.error && !/Done after/.test(answer.text)) return `half an answer: ${answer.text}`
    return undefined
  },

  async '20 at once'(caller) {
    const [runs, ...answers] = await one(() =>
      Promise.all(
        Array.from({ length: 20 }, (_, at) => caller.ask({ say: `what is ${at} + 1000`, stream: at % 2 === 1 })),
      ),
    )
    if (runs !== 20) return `${runs} runs for 20 calls`
    for (const [at, answer] of answers.entries()) {
      const told = right(answer, (text) => text.replaceAll(',', '').includes(String(1000 + at)))
      if (told) return told
    }
    return undefined
  },

  async 'tools of its own'(caller, { isCommand }) {
    if (isCommand) return undefined
    const [runs, answer] = await one(async () => [
      await caller.ask({
        say: 'use get_weather {"city": "Rome"}',
        tools: true,
      }),
    ])
    if (runs !== 1) return `${runs} runs`
    if (!answer.error && answer.calls !== 1) return `its tool was called ${answer.calls} times`
    return right(answer, (text) => text.includes('21 degrees in Rome'))
  },

  async 'its tools beside the agent’s'(caller, { isCommand }) {
    if (isCommand) return undefined
    const say = 'what is 2 * 21, then use get_weather {"city": "Oslo"}'
    const answer = await caller.ask({ say, tools: true })
    return right(answer, (text) => text.includes('42') && text.includes('21 degrees in Oslo'))
  },

  async 'unknown agent'(caller) {
    return wrong(await caller.ask({ say: 'hello', model: 'asistant' }), 0, /asistant/)
  },
}

function right(answer, fits) {
  if (answer.broken) return answer.broken
  if (answer.error) return `error: ${answer.error}`
  return fits(answer.text ?? '') ? undefined : `answered ${JSON.stringify(answer.text)}`
}

function wrong(answer, runs, words) {
  if (answer.broken) return answer.broken
  if (!answer.error) return `silent: ${JSON.stringify(answer.text)}`
  if (!words.test(answer.error)) return `the error does not say why: ${answer.error}`
  return runs > 1 ? `${runs} runs for one call` : undefined
}

/** How many runs it makes, and what it answers. */
async function one(work) {
  const before = await platform.runs()
  const answers = await work()
  return [(await platform.since(before)).length, ...answers]
}

const words = process.argv.slice(2)
const chosen = Object.entries(clients).filter(([name, { quick }]) =>
  words.length === 0 ? true : words.includes('quick') ? quick : words.includes(name),
)
await platform.json('PUT', '/api/v1/agents/asking', {
  name: 'asking',
  instructions: 'You ask.',
  model: 'default',
  tools: ['ask_person', 'clock'],
})
const results = {}
let failed = 0
let passed = 0
let skipped = 0
for (const [name, client] of chosen) {
  const caller = new Caller(name, base, platform.key)
  for (const [what, check] of Object.entries(cells)) {
    if (process.env.CELL && process.env.CELL !== what) continue
    let told
    try {
      told = await check(caller, client)
    } catch (error) {
      told = String(error)
    }
    const isSkipped = client.isCommand && told === undefined && /turns|timeout|tools|picture/.test(what)
    results[name] ??= {}
    results[name][what] = isSkipped ? '–' : told === undefined ? '✓' : told.replaceAll('|', '/')
    if (isSkipped) skipped++
    else if (told === undefined) passed++
    else failed++
    if (told !== undefined) console.log(`wrong: ${name} × ${what}: ${told}`)
  }
  caller.close()
}
publish('table', { cells: results })
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
