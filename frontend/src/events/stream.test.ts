import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { RunEvent } from '#/api/types'
import { aRun, logOf, question } from '#/testing/histories'
import { followRun, type Connection } from './stream'

type Attempt = (request: IncomingMessage, response: ServerResponse) => void
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
  vi.unstubAllGlobals()
})

/** A server that answers each attempt in its own way; the page's fetch goes to it. */
async function serve(...attempts: Attempt[]) {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers['last-event-id'] as string | undefined)
    attempts[Math.min(seen.length, attempts.length) - 1]!(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const real = fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(base + path, init))
  vi.stubGlobal('window', new EventTarget())
  return seen
}

const line = (event: RunEvent) => `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
const stream =
  (...parts: string[]): Attempt =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.end(['retry: 1000\n\n', ...parts].join(''))
  }

function history() {
  const { events, write } = logOf()
  write('run.created', { input: question, replica: 'a' })
  write('run.claimed', { replica: 'b', epoch: 2, reason: 'takeover' })
  write('run.succeeded', { output: 'done' })
  return events
}

async function follow() {
  const heard: RunEvent[] = []
  const deltas: string[] = []
  const connections: Connection[] = []
  await followRun(
    aRun.id,
    {
      after: () => heard.at(-1)?.seq ?? 0,
      onEvent: (event) => heard.push(event),
      onDelta: (delta) => deltas.push(delta.text),
      onReset: () => {},
      onRunning: () => {},
      onConnection: (connection) => connections.push(connection),
    },
    new AbortController().signal,
  )
  return { seqs: heard.map((event) => event.seq), deltas, connections }
}

test('a_stream_is_followed_to_its_terminal_event', async () => {
  const events = history()
  await serve(stream(': hb\n\n', ...events.map(line)))

  const { seqs, connections } = await follow()

  expect(seqs).toEqual([1, 2, 3])
  expect(connections).toEqual(['connecting', 'live', 'ended'])
})

test('a_stream_that_ends_without_a_terminal_event_is_opened_again_after_the_last_seq', async () => {
  const events = history()
  const seen = await serve(stream(line(events[0]!)), stream(line(events[1]!), line(events[2]!)))

  const { seqs, connections } = await follow()

  expect(seqs).toEqual([1, 2, 3])
  expect(seen).toEqual([undefined, '1'])
  expect(connections).toEqual(['connecting', 'live', 'reconnecting', 'live', 'ended'])
})

test('a_connection_cut_in_the_middle_of_an_event_and_a_server_not_ready_are_outlived', async () => {
  const events = history()
  const cut: Attempt = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(line(events[0]!) + line(events[1]!).slice(0, 30), () => response.destroy())
  }
  const notReady: Attempt = (_request, response) => void response.writeHead(503).end()
  const seen = await serve(cut, notReady, stream(line(events[1]!), line(events[2]!)))

  const { seqs } = await follow()

  expect(seqs).toEqual([1, 2, 3])
  expect(seen).toEqual([undefined, '1', '1'])
})

test('a_run_that_may_not_be_read_is_not_asked_for_again', async () => {
  const seen = await serve((_request, response) => void response.writeHead(404).end())

  const { connections } = await follow()

  expect(connections).toEqual(['connecting', 'refused'])
  expect(seen).toHaveLength(1)
})

test('deltas_come_without_a_seq', async () => {
  const events = history()
  const delta = `event: delta\ndata: ${JSON.stringify({ run: aRun.id, step: 1, offset: 0, text: 'Set sail' })}\n\n`
  await serve(stream(line(events[0]!), delta), stream(line(events[1]!), line(events[2]!)))

  const { deltas, seqs } = await follow()

  expect(deltas).toEqual(['Set sail'])
  expect(seqs).toEqual([1, 2, 3])
})
