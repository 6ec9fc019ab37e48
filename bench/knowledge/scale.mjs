// Asks a collection and says how long it took: node bench/knowledge/scale.mjs URL COLLECTION WHAT QUESTIONS
const [url, collection, what, questions] = process.argv.slice(2)
const WARM = 50

let state = 7
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}
const word = () => `w${Math.floor(Math.exp(random() * 10.3))}`

/** Seconds and count of each part of all searches so far. */
async function parts() {
  const found = {}
  for (const line of (await (await fetch(`${url}/metrics`)).text()).split('\n')) {
    const hit = /^wheelhouse_knowledge_search_seconds_(sum|count)\{part="(\w+)".*\} (.*)$/.exec(line)
    if (hit) (found[hit[2]] ??= {})[hit[1]] = Number(hit[3])
  }
  return found
}

async function ask() {
  const query = Array.from({ length: 8 }, word).join(' ')
  const begun = performance.now()
  const answer = await fetch(`${url}/api/v1/collections/search`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ collections: [collection], query, k: 20 }),
  })
  const { hits } = await answer.json()
  return { took: performance.now() - begun, rows: hits.length }
}

for (let at = 0; at < WARM; at++) await ask()
const before = await parts()
const asked = []
for (let at = 0; at < Number(questions); at++) asked.push(await ask())
const after = await parts()
const took = asked.map((one) => one.took).sort((left, right) => left - right)
const at = (share) => took[Math.floor(took.length * share)].toFixed(1)
const mean = Object.entries(after).map(([part, { sum, count }]) => {
  const was = before[part] ?? { sum: 0, count: 0 }
  return `${part} ${((1000 * (sum - was.sum)) / Math.max(1, count - was.count)).toFixed(1)}`
})
console.log(`${what}: ms p50 ${at(0.5)}, p95 ${at(0.95)}; rows at least ${Math.min(...asked.map((one) => one.rows))}; mean of parts: ${mean.join(', ')}`)
