// A model server of OpenAI's shape for what the demo model does not do: long answers, and runs of as many steps as asked.
//   "walk 400"      asks for the calculator 400 times, one call after the other
//   "tell 20000"    streams so many characters of Markdown
import { createServer } from 'node:http'

const PIECE = 24
const PAUSE_MS = 12

const chapter = (number) => `
## Chapter ${number}

The log of the *${number}th* watch, with **what was done** and \`what came of it\`: wind from the west, sea moderate.

- sails set: main, fore, mizzen
- course ${(number * 17) % 360}°, speed ${(number % 9) + 3} knots

| hour | wind | remark |
|---|---|---|
| 4 | W 5 | reefed the main |
| 8 | W 4 | shook the reef out |

\`\`\`ts
const watch = ${number}
export const log = (entry: string) => console.log(watch, entry)
\`\`\`
`

function text(length) {
  let all = ''
  for (let number = 1; all.length < length; number++) all += chapter(number)
  return all.slice(0, length)
}

function answerTo(messages) {
  const asked = String(messages.findLast(({ role }) => role === 'user')?.content ?? '')
  const [, word, amount] = /(walk|tell) (\d+)/.exec(JSON.stringify(asked)) ?? []
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user'))
  const done = since.filter(({ role }) => role === 'tool').length
  if (word === 'walk' && done < Number(amount)) return { call: done + 1 }
  return { text: word === 'tell' ? text(Number(amount)) : 'Done.' }
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

async function stream(answer, send) {
  if (answer.call) {
    const call = { name: 'calculator', arguments: JSON.stringify({ expression: `${answer.call} + 1` }) }
    send({ delta: { tool_calls: [{ index: 0, id: `c${answer.call}`, type: 'function', function: call }] } })
    return send({ delta: {}, finish_reason: 'tool_calls' })
  }
  for (let at = 0; at < answer.text.length; at += PIECE) {
    send({ delta: { content: answer.text.slice(at, at + PIECE) } })
    if (answer.text.length > PIECE) await sleep(PAUSE_MS)
  }
  send({ delta: {}, finish_reason: 'stop' })
}

export function modelServer(port) {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const write = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`)
    await stream(answerTo(JSON.parse(body).messages), (choice) =>
      write({ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, finish_reason: null, ...choice }] }),
    )
    write({ id: 'x', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })
    response.end('data: [DONE]\n\n')
  })
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)))
}
