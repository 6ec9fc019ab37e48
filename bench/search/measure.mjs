// Measures search over many runs: node bench/search/measure.mjs URL RUNS
//   waits until all runs are in blocks, asks each kind of question ROUNDS times, and prints p50 and p95 in ms above the
//   fastest answer there is (/health), which stands for the way there and back.
const [url, runs] = process.argv.slice(2)
const ROUNDS = 40

const questions = {
  'newest page': '',
  'a common word': 'q=rope',
  'two words': 'q=winch%20stern',
  'one run by its number': 'q=order%20777777',
  'nothing matches': 'q=nonesuch',
  'nothing matches, of two common properties': 'agent=agent-3&error=timeout&requester=key-0&state=succeeded',
  'failed of a limit': 'state=failed&error=limit_steps',
  'dearest': 'sort=cost',
  'longest of a word': 'q=anchor&sort=duration',
  'a day': `from=${day(30)}&to=${day(29)}`,
}

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
  for (let before = -1; ; ) {
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
for (const [name, query] of Object.entries(questions)) {
  const times = await measured(`/api/v1/search?limit=50&${query}`)
  const above = (share) => (at(times, share) - floor).toFixed(1).padStart(7)
  console.log(`${name.padEnd(44)} p50 ${above(0.5)}  p95 ${above(0.95)}`)
}
