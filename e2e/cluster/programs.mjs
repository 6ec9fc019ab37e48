// kubectl and helm, and waiting for what they tell.

import { execFile, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { surroundings } from './surroundings.mjs'

const run = promisify(execFile)
const { namespace, release } = surroundings

async function call(program, args) {
  try {
    return (await run(program, args, { maxBuffer: 1 << 26 })).stdout
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')}\n${error.stderr ?? error.message}`)
  }
}

/** In the namespace of the tests, unless the arguments name another. */
export const kubectl = (...args) =>
  call('kubectl', args.some((arg) => /^(-n|-A|--namespace|--raw)/.test(arg)) ? args : ['-n', namespace, ...args])

export const helm = (...args) => call(process.env.HELM ?? 'helm', [...args, '--namespace', namespace])

/** helm in another namespace. */
export const helmOf = (where) => (...args) => call(process.env.HELM ?? 'helm', [...args, '--namespace', where])

export const read = async (...args) => JSON.parse(await kubectl('get', ...args, '-o', 'json'))

export const selector = (component) => `app.kubernetes.io/instance=${release},app.kubernetes.io/component=${component}`

/** Pods of a component that are not on their way out. */
export async function pods(component) {
  const { items } = await read('pods', '-l', selector(component))
  return items.filter((pod) => !pod.metadata.deletionTimestamp)
}

export const isReady = (pod) =>
  pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false

export const readyPods = async (component) => (await pods(component)).filter(isReady)

/** Asks until the answer is one; fails with the last answer that was none. */
export async function until(what, seconds, ask) {
  const deadline = Date.now() + seconds * 1000
  let last
  do {
    try {
      const answer = await ask()
      if (answer) return answer
      last = answer
    } catch (error) {
      last = error.message
    }
    await pause(250)
  } while (Date.now() < deadline)
  throw new Error(`${what}: not within ${seconds} s; last: ${last}`)
}

/** Objects that say their namespaces themselves. */
export async function apply(...objects) {
  const file = spawn('kubectl', ['apply', '-f', '-'])
  let said = ''
  file.stderr.on('data', (data) => (said += data))
  file.stdin.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
  const code = await new Promise((resolve) => file.on('close', resolve))
  if (code !== 0) throw new Error(`kubectl apply: ${said}`)
}

/** Forwards a Service to a port of this computer; the answer ends it. */
export async function forward(target, port) {
  const forwarding = spawn('kubectl', ['-n', namespace, 'port-forward', target, `:${port}`])
  const local = await new Promise((resolve, reject) => {
    forwarding.stdout.on('data', (data) => {
      const found = /127\.0\.0\.1:(\d+)/.exec(data)
      if (found) resolve(Number(found[1]))
    })
    forwarding.on('close', () => reject(new Error(`${target} cannot be forwarded`)))
  })
  return { url: `http://127.0.0.1:${local}`, end: () => forwarding.kill() }
}
