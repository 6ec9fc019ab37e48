// So many requests a second through the Ingress, evenly, until it is told to stop; what failed is kept by its reason.

import { send } from './requests.mjs'

const kinds = [
  ['GET', '/api/v1/agents'],
  ['GET', '/'],
  ['GET', '/api/v1/runs?limit=5'],
  ['POST', '/api/v1/agents/assistant/runs', { input: 'what is 17 * 23' }],
  ['GET', '/api/v1/tools'],
  ['GET', '/ready'],
  ['GET', '/api/v1/session'],
  ['GET', '/v1/models'],
  ['GET', '/api/v1/threads?limit=5'],
  ['GET', '/info'],
]

export class Load {
  sent = 0
  runs = []
  failed = []
  /** Connections that the ingress controller reset before any answer, as some do when they read their configuration anew. */
  reset = 0
  #open = new Set()

  constructor(perSecond) {
    this.started = Date.now()
    this.timer = setInterval(() => this.#catchUp(perSecond), 10)
  }

  // Even where this process was held up for a moment, none is left out.
  #catchUp(perSecond) {
    const due = ((Date.now() - this.started) / 1000) * perSecond
    while (this.sent < due) this.#one(kinds[this.sent++ % kinds.length])
  }

  #one([method, path, body]) {
    const sending = send(method, path, body)
      .then(({ status, text }) => {
        if (status >= 400) this.failed.push(`${method} ${path}: ${status} ${text.slice(0, 120)}`)
        else if (method === 'POST') this.runs.push(JSON.parse(text).id)
      })
      .catch((error) => (error.isEntrance ? this.reset++ : this.failed.push(`${method} ${path}: ${error.message}`)))
      .finally(() => this.#open.delete(sending))
    this.#open.add(sending)
  }

  async stop() {
    clearInterval(this.timer)
    await Promise.all(this.#open)
    return this
  }

  toString() {
    const seconds = (Date.now() - this.started) / 1000
    return `${this.sent} requests in ${seconds.toFixed(0)} s, ${this.failed.length} failed`
  }
}
