// Measures search over many runs: node bench/search/measure.mjs URL RUNS
//   waits until all runs are in blocks, asks each kind of question ROUNDS times, on its first page and some pages on, and
//   prints p50 and p95 in ms above the fastest answer there is (/health), which stands for the way there and back.
const [url, runs] = process.argv.slice(2)
const ROUNDS = 40

const lists = {
  'newest page': '',
  'a common word': 'q=rope',
  'two words': 'q=winch%20stern',
  'three words': 'q=winch%20stern%20coil',
  'two common words, never in one run': 'q=winch%20anchor',
  'one run by its number': `q=order%20${Math.floor(runs * 0.7)}`,
  'nothing matches': 'q=nonesuch',
  'nothing matches, of two common properties': 'agent=agent-3&error=timeout&requester=key-0&state=succeeded',
  'failed of a limit': 'state=failed&error=limit_steps',
  dearest: 'sort=cost',
  'longest of a word': 'q=anchor&sort=duration',
  'most tokens of an agent': 'agent=agent-3&sort=tokens',
  'a day': `from=${day(30)}&to=${day(29)}`,
}
const counts = {
  'count all': '',
  'count a word': 'q=rope',
  'count what failed': 'state=failed',
  'count nothing': 'q=nonesuch',
}
const DEEP = 5

function day(ago) {
  return new Date(Date.now() - ago * 86_400_000).toISOString()
}

async function timed(path) {
  const begin = performance.now()
  const answer = await fetch(url + path)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`)
  return { took: performance.now() - begin, body }
}

async function allInBlocks() {
  for (let before = -1; ;) {
    const { took, body } = await timed('/api/v1/search/count?q=nonesuch')
    // With all runs in blocks a word that nobody said is looked for in the index alone.
    if (took < 100 && JSON.parse(body).isExact && before >= 0 && took < before * 1.5) return
    before = took
    await new Promise((done) => setTimeout(done, 5_000))
  }
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

async function measured(path) {
  const times = []
  for (let round = 0; round < ROUNDS; round++) times.push((await timed(path)).took)
  return times.toSorted((a, b) => a - b)
}

await allInBlocks()
const floor = at(await measured('/health'), 0.5)
console.log(`${runs} runs; /health takes ${floor.toFixed(1)} ms (p50)`)

async function show(name, path) {
  const times = await measured(path)
  const above = (share) => (at(times, share) - floor).toFixed(1).padStart(7)
  console.log(`${name.padEnd(56)} p50 ${above(0.5)}  p95 ${above(0.95)}`)
}

/** The address of a later page; null where there are not so many. */
async function deep(path) {
  let after = ''
  for (let page = 0; page < DEEP; page++) {
    const { nextCursor } = JSON.parse((await timed(path + after)).body)
    if (!nextCursor) return null
    after = `&after=${nextCursor}`
  }
  return path + after
}

for (const [name, query] of Object.entries(lists)) {
  const first = `/api/v1/search?limit=50&${query}`
  await show(name, first)
  const later = await deep(first)
  if (later) await show(`${name}, ${DEEP} pages on`, later)
}
for (const [name, query] of Object.entries(counts)) await show(name, `/api/v1/search/count?${query}`)
