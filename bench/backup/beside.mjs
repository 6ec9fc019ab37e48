// Runs at a steady rate for bench/backup/beside, without and beside a dump, in turns.

import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const { URL: at, RATE, EACH, ROUNDS, FOLDER } = process.env
const body = JSON.stringify({ input: 'calculate 6 * 7' })

async function once(times) {
  const began = performance.now()
  const answer = await fetch(`${at}/api/v1/agents/assistant/runs`, { method: 'POST', headers: { 'content-type': 'application/json', prefer: 'wait=30' }, body })
  if ((await answer.json()).state !== 'succeeded') throw new Error('A run did not succeed.')
  times.push(performance.now() - began)
}

/** Open loop: a run begins when it is due, however long the others take. */
async function load(goesOn) {
  const times = []
  const all = []
  const began = performance.now()
  for (let number = 0; goesOn((performance.now() - began) / 1000); number++) {
    await pause(Math.max(0, began + (number * 1000) / RATE - performance.now()))
    all.push(once(times))
  }
  await Promise.all(all)
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)]
}

function dump() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  const child = spawn('sh', ['charts/wheelhouse/files/dump.sh', 'keep', FOLDER], { stdio: ['ignore', 'ignore', 'inherit'] })
  const done = { over: false }
  child.on('exit', (code) => Object.assign(done, { over: true, code }))
  return done
}

await load((seconds) => seconds < EACH / 3)
const ratios = []
for (let round = 0; round < ROUNDS; round++) {
  const alone = await load((seconds) => seconds < EACH)
  const began = performance.now()
  const dumping = dump()
  const beside = await load(() => !dumping.over)
  if (dumping.code) throw new Error('The dump failed.')
  ratios.push(beside / alone)
  console.log(`p95 of runs: ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside a dump of ${((performance.now() - began) / 1000).toFixed(0)} s: ${(beside / alone).toFixed(2)} x`)
}
const median = ratios.sort((one, other) => one - other)[Math.floor(ratios.length / 2)]
console.log(`${median <= 1.3 ? 'met' : 'NOT met'}: ${median.toFixed(2)} x at the median, 1.3 is the bar`)
