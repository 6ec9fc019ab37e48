// Measures the console in a real browser: node bench/console/measure.mjs URL MODEL_PORT
//   a run of 1,000 steps: nodes of the page, CPU of a key press and of opening it; a map over 10,000 items: how long its
//   page takes to open; an answer of 20,000 characters: tasks over 50 ms while it streams.
// CPU is the time of the page's main thread, as the browser counts it. STEPS, ITEMS and CHARACTERS make it quicker to try.
import { createRequire } from 'node:module'
import { modelServer } from './model.mjs'

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('@playwright/test')
const [url, port] = process.argv.slice(2)
const amount = (name, usual) => Number(process.env[name] ?? usual)
const STEPS = amount('STEPS', 1_000)
const ITEMS = amount('ITEMS', 10_000)
const CHARACTERS = amount('CHARACTERS', 20_000)
const KEYS = 50
const ROUNDS = 3
const LONG_MS = 50

const WALKER = `
name: walker
instructions: You walk.
tools: [calculator]
limits: {steps: ${STEPS}, calls: ${STEPS}, tokens: 5000000, time: 2h}
`
const MANY = `
kind: workflow
name: many
input: {type: object, required: [items]}
limits: {steps: 1000000}
start: each
states:
  each:
    map:
      over: "\${input.items}"
      atMost: 10
      start: sum
      states:
        sum: {tool: calculator, args: {expression: "\${item} + 1"}, next: end}
        end: {succeed: {output: 1}}
    next: done
  done: {succeed: {output: done}}
`

async function call(method, path, body, type = 'application/json') {
  const answer = await fetch(url + path, { method, body, headers: { 'content-type': type } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

async function run(path, input) {
  const { id } = await call('POST', path, JSON.stringify({ input }))
  for (;;) {
    const { state, error } = await call('GET', `/api/v1/runs/${id}`)
    if (state === 'succeeded') return id
    if (state === 'failed' || state === 'cancelled') throw new Error(`Run ${id} ${state}: ${error?.message}`)
    await new Promise((done) => setTimeout(done, 500))
  }
}

const figures = []
function figure(name, value, unit, most) {
  figures.push(most === undefined || value <= most)
  const bar = most === undefined ? '' : `  (at most ${most})${value > most ? '  MISSED' : ''}`
  console.log(`${name.padEnd(58)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${bar}`)
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** A page and what its main thread has done. */
async function opened(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(() => {
    window.long = []
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    })
  })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async (name) => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find((metric) => metric.name === name).value
  }
  return { page, cpu: async () => (await read('TaskDuration')) * 1000 }
}

const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length)

/** Opens a run from the list, as people do, until `ready` is seen. */
async function openRun(browser, id, ready) {
  const { page, cpu } = await opened(browser)
  await page.goto(`${url}/runs`)
  const link = page.locator(`a[href$="/runs/${id}"]`).first()
  await link.waitFor()
  await page.waitForTimeout(1_000)
  const [begin, before] = [performance.now(), await cpu()]
  await link.click()
  await ready(page).waitFor()
  const wall = performance.now() - begin
  await page.waitForTimeout(500)
  return { page, cpu, wall, used: (await cpu()) - before }
}

async function pressed(page, cpu) {
  const before = await cpu()
  for (let key = 0; key < KEYS; key++) await page.keyboard.press('ArrowDown')
  return ((await cpu()) - before) / KEYS
}

const firstRow = (page) => page.getByRole('region', { name: 'Waterfall' }).locator('[data-step]').first()

async function longRun(browser) {
  await call('PUT', '/api/v1/agents/walker', WALKER, 'application/yaml')
  const id = await run('/api/v1/agents/walker/runs', `walk ${Math.floor(STEPS / 2) - 1}`)
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const { page, cpu, wall, used } = await openRun(browser, id, firstRow)
    await firstRow(page).focus()
    rounds.push({ wall, used, key: await pressed(page, cpu), nodes: await nodes(page) })
    await page.close()
  }
  const name = `run of ${STEPS} steps`
  figure(`${name}: nodes`, Math.max(...rounds.map((round) => round.nodes)), '', 2_000)
  figure(`${name}: CPU of a key press`, median(rounds.map((round) => round.key)), 'ms', 16)
  figure(`${name}: CPU of opening`, median(rounds.map((round) => round.used)), 'ms', 400)
  figure(`${name}: until it is there`, median(rounds.map((round) => round.wall)), 'ms')
}

async function map(browser) {
  await call('PUT', '/api/v1/workflows/many?publish=true', MANY, 'application/yaml')
  const id = await run('/api/v1/workflows/many/runs', { items: [...Array(ITEMS).keys()] })
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const { page, cpu, wall, used } = await openRun(browser, id, (at) =>
      at.getByRole('region', { name: 'Graph of the run' }).getByText(ITEMS.toLocaleString('en')).first(),
    )
    const drawn = await nodes(page)
    await page.getByRole('link', { name: 'Waterfall', exact: true }).click()
    await firstRow(page).waitFor()
    await firstRow(page).focus()
    rounds.push({ wall, used, key: await pressed(page, cpu), nodes: Math.max(drawn, await nodes(page)) })
    await page.close()
  }
  const name = `map over ${ITEMS} items`
  figure(`${name}: until it is there`, median(rounds.map((round) => round.wall)), 'ms', 1_000)
  figure(`${name}: CPU of opening`, median(rounds.map((round) => round.used)), 'ms')
  figure(`${name}: CPU of a key press in the waterfall`, median(rounds.map((round) => round.key)), 'ms')
  figure(`${name}: nodes`, Math.max(...rounds.map((round) => round.nodes)), '')
}

async function answer(browser) {
  const { page, cpu } = await opened(browser)
  await page.goto(`${url}/threads?agent=walker`)
  const field = page.getByRole('textbox', { name: /^Message/ })
  await field.fill(`tell ${CHARACTERS}`)
  await page.waitForTimeout(1_000)
  await page.evaluate(() => (window.long.length = 0))
  const [begin, before] = [performance.now(), await cpu()]
  await field.press('Enter')
  await page.getByRole('link', { name: /^Details of this run/ }).waitFor({ timeout: 180_000 })
  const long = (await page.evaluate(() => window.long)).filter((ms) => ms > LONG_MS)
  const name = `answer of ${CHARACTERS} characters`
  figure(`${name}: tasks over ${LONG_MS} ms`, long.length, '', 0)
  figure(`${name}: the longest of them`, Math.max(0, ...long), 'ms')
  figure(`${name}: CPU`, (await cpu()) - before, 'ms')
  figure(`${name}: streamed in`, performance.now() - begin, 'ms')
  await page.close()
}

const server = await modelServer(Number(port))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
await longRun(browser)
await answer(browser)
await map(browser)
await browser.close()
server.close()
if (!figures.every(Boolean)) {
  console.log('\nNot all bars are met.')
  process.exitCode = 1
}
