// Puts documents into a platform whose backend is killed again and again, and finds out what became of them:
//   node bench/knowledge/survive.mjs URL PID_FILE FOLDER_OF_FILES DOCUMENTS KILLS SEED
// Prints what it found as JSON; the SQL side of it is checked by scripts/knowledge-survive.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [url, pidFile, folder, count, kills, seed] = process.argv.slice(2)
const AT_ONCE = 6
const DEADLINE = 15 * 60_000

let state = Number(seed) >>> 0
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

async function call(method, path, body, headers = {}) {
  for (let end = Date.now() + DEADLINE; ; ) {
    try {
      const answer = await fetch(url + path, { method, headers, body, signal: AbortSignal.timeout(30_000) })
      if (answer.status < 500 && answer.status !== 429) return { status: answer.status, json: answer.status === 204 ? null : await answer.json() }
    } catch (error) {
      if (Date.now() > end) throw error
    }
    if (Date.now() > end) throw new Error(`${method} ${path} never came through`)
    await pause(200)
  }
}
const json = { 'Content-Type': 'application/json' }

const files = readdirSync(folder).filter((name) => !name.endsWith('.tsv') && !name.endsWith('.md'))
const made = await call('POST', '/api/v1/collections', JSON.stringify({ name: `survive-${seed}` }), json)
const collection = made.json.id
const path = `/api/v1/collections/${collection}/documents`

let next = 0
let isSending = true
async function send() {
  while (next < Number(count)) {
    const at = next++
    if (at % 3 === 0) {
      const form = new FormData()
      const name = files[at % files.length]
      form.set('file', new Blob([readFileSync(join(folder, name))]), name)
      form.set('key', `file-${at}-${name}`)
      await call('POST', path, form)
    } else {
      const text = Array.from({ length: 40 + Math.floor(random() * 200) }, (_, i) => `Sentence ${i} of number ${at} tells of ${'whales owls rivers stones'.split(' ')[i % 4]}.`)
      await call('POST', path, JSON.stringify({ key: `text-${at}`, name: `text-${at}`, text: text.join(' ') }), json)
    }
  }
}

let killed = 0
async function kill() {
  while (killed < Number(kills)) {
    await pause(1_500 + random() * 4_000)
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
      killed++
    } catch {
      // It is being started again.
    }
    if (!isSending && (await unfinished()) === 0) return
  }
}
const unfinished = async () => (await call('GET', `/api/v1/collections/${collection}`)).json.unfinished

const killing = kill()
await Promise.all(Array.from({ length: AT_ONCE }, send))
isSending = false
await killing
for (let end = Date.now() + DEADLINE; (await unfinished()) > 0 && Date.now() < end; ) await pause(1_000)

const documents = []
for (let after = ''; after !== null; ) {
  const page = (await call('GET', `${path}?limit=200${after && `&after=${after}`}`)).json
  documents.push(...page.data)
  after = page.nextCursor
}
const states = {}
for (const one of documents) {
  const word = one.state === 'failed' ? `failed: ${one.reason}` : one.state
  states[word] = (states[word] ?? 0) + 1
}
const keys = new Set(documents.map((one) => one.key))
const hits = (await call('POST', '/api/v1/collections/search', JSON.stringify({ collections: [collection], query: 'whales and owls', k: 20 }), json)).json.hits
const report = {
  collection,
  sent: Number(count),
  killed,
  documents: documents.length,
  keys: keys.size,
  stuck: documents.filter((one) => !['ready', 'failed', 'cancelled'].includes(one.state)).length,
  silent: documents.filter((one) => one.state === 'failed' && !one.reason).length,
  broke: documents.filter((one) => one.reason === 'broke').length,
  twice: hits.length - new Set(hits.map((hit) => hit.passage)).size,
  states,
}
console.log(JSON.stringify(report))
const isRight = report.keys === report.sent && !report.stuck && !report.silent && !report.broke && !report.twice && killed === Number(kills)
process.exit(isRight ? 0 : 1)
