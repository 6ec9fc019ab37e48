// A caller is a program that speaks to the platform by one client library. It reads one request a line, as JSON, and
// writes one result a line: { id, text, finish, usage, calls } or { id, error, status }.
import { createInterface } from 'node:readline'

export const baseURL = process.env.BASE_URL
export const apiKey = process.env.API_KEY

/** `ask(request)` answers one request; whatever it throws is the client's error. */
export function serve(ask) {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', async (line) => {
    const request = JSON.parse(line)
    const started = Date.now()
    let result
    try {
      result = await ask({
        baseURL,
        apiKey,
        model: 'assistant',
        retries: 2,
        ...request,
      })
    } catch (error) {
      result = {
        error: String(error?.message ?? error),
        status: error?.status ?? error?.statusCode,
      }
    }
    console.log(JSON.stringify({ id: request.id, ms: Date.now() - started, ...result }))
  })
  lines.on('close', () => process.exit(0))
}

/** What a client's own tool answers; counts how often it was called. */
export function weather() {
  const tool = {
    calls: 0,
    name: 'get_weather',
    description: 'Tells the weather of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
    run({ city }) {
      tool.calls++
      return `It is 21 degrees in ${city}`
    },
  }
  return tool
}
