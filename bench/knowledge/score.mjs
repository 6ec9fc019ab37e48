// Scores search by a collection with known answers: node bench/knowledge/score.mjs URL scifact|xquad hybrid|lexical all|NUMBER
//   nDCG@10 over the best passage of each document, mean over all questions that have an answer.
//   LANGUAGES="en de" scores these of xquad only. How far it is stands on standard error, every quarter of a minute.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const [url, name, mode, limit] = process.argv.slice(2)
const here = new URL('.', import.meta.url)
const AT_ONCE = 8

const text = (file) => {
  const bytes = readFileSync(new URL(`${name}/${file}`, here))
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim()
}
const rows = (file) => text(file).split('\n').map((line) => line.split('\t'))

async function call(method, path, body) {
  for (;;) {
    const answer = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    if (answer.status === 429) {
      await new Promise((done) => setTimeout(done, 300))
      continue
    }
    const json = answer.status === 204 ? null : await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`)
    return json
  }
}

const SAY_AGAIN = 15_000
let said = Date.now()

function tell(what, done, all) {
  if (Date.now() - said < SAY_AGAIN) return
  said = Date.now()
  console.error(`  ${what}: ${done} of ${all}`)
}

async function each(what, list, work) {
  let next = 0
  const one = async () => {
    while (next < list.length) {
      tell(what, next, list.length)
      await work(list[next++])
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

/** What is read and asked, by the collection that holds it. */
function sets() {
  const docs = text('docs.jsonl.gz').split('\n').map((line) => JSON.parse(line))
  if (name === 'scifact') {
    const right = rows('qrels.tsv').filter(([split]) => split === 'test')
    return [
      {
        name: 'scifact',
        docs: docs.map((doc) => ({ id: String(doc.id), title: doc.title, text: doc.sentences.join(' ') })),
        queries: rows('queries.tsv').filter(([split]) => split === 'test').map(([, id, query]) => ({ id, query })),
        right: right.map(([, query, doc]) => ({ query, doc })),
      },
    ]
  }
  const wanted = process.env.LANGUAGES?.split(' ')
  const languages = [...new Set(docs.map((doc) => doc.lang))].filter((one) => wanted?.includes(one) ?? true)
  const queries = rows('queries.tsv.gz')
  const right = rows('qrels.tsv.gz')
  return languages.map((language) => ({
    name: `xquad-${language}`,
    language,
    docs: docs.filter((doc) => doc.lang === language).map(({ id, title, text }) => ({ id, title, text })),
    queries: queries.filter(([lang]) => lang === language).map(([, id, query]) => ({ id, query })),
    right: right.filter(([lang]) => lang === language).map(([, query, doc]) => ({ query, doc })),
  }))
}

async function load(set, docs) {
  const made = await call('POST', '/api/v1/collections', {
    name: set.name,
    ...(set.language ? { language: set.language } : {}),
    ...(mode === 'lexical' ? { model: '' } : {}),
  })
  const begun = Date.now()
  await each(`${set.name} sent`, docs, (doc) =>
    call('POST', `/api/v1/collections/${made.id}/documents`, { key: doc.id, name: doc.title, text: doc.text }),
  )
  for (;;) {
    const now = await call('GET', `/api/v1/collections/${made.id}`)
    if (now.unfinished === 0) {
      if (now.failed > 0) throw new Error(`${now.failed} documents failed`)
      console.log(`${set.name}: ${now.documents} documents, ${now.passages} passages in ${(Date.now() - begun) / 1000} s`)
      return made.id
    }
    tell(`${set.name} read`, now.documents - now.unfinished, now.documents)
    await new Promise((done) => setTimeout(done, 500))
  }
}

async function score(set, collection, known) {
  const keys = new Map()
  for (let after = ''; after !== null; ) {
    const page = await call('GET', `/api/v1/collections/${collection}/documents?limit=200${after && `&after=${after}`}`)
    page.data.forEach((doc) => keys.set(doc.id, doc.key))
    after = page.nextCursor
  }
  const right = new Map()
  set.right.filter(({ doc }) => known.has(doc)).forEach(({ query, doc }) => right.set(query, [...(right.get(query) ?? []), doc]))
  const asked = set.queries.filter(({ id }) => right.has(id))
  const scores = []
  const took = []
  const start = Date.now()
  await each(`${set.name} asked`, asked, async ({ id, query }) => {
    const begun = performance.now()
    const answer = await call('POST', '/api/v1/collections/search', { collections: [collection], query, k: 50, mode })
    took.push(performance.now() - begun)
    const found = [...new Set(answer.hits.map((hit) => keys.get(hit.document)))].slice(0, 10)
    const wanted = right.get(id)
    const gain = found.reduce((sum, doc, at) => sum + (wanted.includes(doc) ? 1 / Math.log2(at + 2) : 0), 0)
    const best = wanted.slice(0, 10).reduce((sum, _, at) => sum + 1 / Math.log2(at + 2), 0)
    scores.push(gain / best)
  })
  took.sort((left, right) => left - right)
  const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length
  const at = (share) => took[Math.floor(took.length * share)].toFixed(1)
  console.log(`${set.name} ${mode}: nDCG@10 ${mean.toFixed(4)} over ${scores.length} questions in ${(Date.now() - start) / 1000} s; ms p50 ${at(0.5)}, p95 ${at(0.95)}`)
}

for (const set of sets()) {
  const docs = limit === 'all' ? set.docs : set.docs.slice(0, Number(limit))
  const collection = await load(set, docs)
  await score(set, collection, new Set(docs.map((doc) => doc.id)))
}
