// Follows a run's stream as a browser's EventSource does: through the Ingress, again with Last-Event-ID where it was lost.

import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { entranceUrl, firstKey } from './platform.mjs'

const last = ['run.succeeded', 'run.failed', 'run.cancelled']

export class Stream {
  /** What had a number, in the order in which it came: {seq, type, at, data}. */
  events = []
  /** When anything came, heartbeats included. */
  signs = []
  connections = 0
  over = false

  constructor(run) {
    this.ended = this.#follow(run)
  }

  get gaps() {
    return this.events.filter(({ seq }, i) => seq !== i + 1).length
  }

  /** The longest time without any byte, in seconds. */
  get silence() {
    return Math.max(0, ...this.signs.map((at, i) => (i ? at - this.signs[i - 1] : 0))) / 1000
  }

  stop() {
    this.over = true
    this.request?.destroy()
  }

  async #follow(run) {
    while (!this.over) {
      await this.#connect(run).catch(() => {})
      if (!this.over) await pause(500)
    }
    return this
  }

  async #connect(run) {
    const url = new URL(`/api/v1/runs/${run}/events`, await entranceUrl())
    const seq = this.events.at(-1)?.seq
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${await firstKey()}`,
      ...(seq && { 'last-event-id': seq }),
    }
    return new Promise((resolve, reject) => {
      this.request = http.get(url, { headers, agent: false, timeout: 45_000 })
      this.request.on('timeout', () => this.request.destroy(new Error('silent')))
      this.request.on('error', reject)
      this.request.on('response', (response) => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}`))
        this.connections++
        let rest = ''
        response.setEncoding('utf8')
        response.on('data', (part) => {
          this.signs.push(Date.now())
          const frames = (rest + part).split('\n\n')
          rest = frames.pop()
          frames.forEach((frame) => this.#take(frame))
        })
        response.on('error', reject)
        response.on('end', resolve)
        response.on('close', resolve)
      })
    })
  }

  #take(frame) {
    const field = (name) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(frame)?.[1]
    if (!field('id')) return
    const type = field('event')
    this.events.push({ seq: Number(field('id')), type, at: Date.now(), data: JSON.parse(field('data')).data })
    if (last.includes(type)) this.over = true
  }
}
