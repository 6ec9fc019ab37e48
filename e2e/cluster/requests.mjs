// Requests as a client outside of the cluster makes them: through the Ingress, each on a connection of its own.

import http from 'node:http'
import { entranceUrl, firstKey } from './platform.mjs'

/** Any answer is an answer; only a connection without one fails. */
export async function send(method, path, body, headers = {}) {
  const url = new URL(path, await entranceUrl())
  const authorization = `Bearer ${await firstKey()}`
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const request = http.request(url, {
      method,
      agent: false,
      timeout: 60_000,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...headers },
    })
    request.on('timeout', () => request.destroy(new Error('no answer within 60 s')))
    // Where a backend breaks off, the controller says 502: a connection without a word of answer was the controller's own.
    request.on('error', (error) => reject(Object.assign(error, { isEntrance: !isAnswered && error.code === 'ECONNRESET' })))
    request.on('response', (response) => {
      isAnswered = true
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => (text += part))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    request.end(body && JSON.stringify(body))
  })
}

export async function call(method, path, body, headers) {
  const { status, text } = await send(method, path, body, headers)
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`)
  return JSON.parse(text)
}

export const startRun = (input, agent = 'assistant') => call('POST', `/api/v1/agents/${agent}/runs`, { input })

export const runOf = (id) => call('GET', `/api/v1/runs/${id}`)

export const logOf = async (id) => (await call('GET', `/api/v1/runs/${id}/events?limit=200`)).data

export const hasEnded = ({ state }) => ['succeeded', 'failed', 'cancelled'].includes(state)
