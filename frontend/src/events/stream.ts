import { createParser } from 'eventsource-parser'
import { send } from '#/api/client'
import { hasStatus } from '#/api/errors'
import { api } from '#/api/paths'
import type { Delta, LoggedStep, RunEvent } from '#/api/types'

/** The server says `: hb` every 15 s; a line that is silent for longer than this is dead. */
const SILENCE_MS = 40_000
const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 5_000

export type Listener = {
  onEvent: (event: RunEvent) => void
  onDelta: (delta: Delta) => void
  onReset: (reset: Pick<Delta, 'run' | 'step'>) => void
  onRunning: (step: LoggedStep) => void
  onConnection: (connection: Connection) => void
  /** The seq to go on after, asked at every new attempt. */
  after: () => number
}
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'refused'

const terminal = new Set(['run.succeeded', 'run.failed', 'run.cancelled'])

/**
 * Follows a run until its terminal event. A stream that ends without one is a lost connection: it is opened again
 * with `Last-Event-ID`, for as long as it takes, so the run is seen to its end through a restart of the server.
 */
export async function followRun(run: string, listener: Listener, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS
  listener.onConnection('connecting')
  while (!signal.aborted) {
    let heard = false
    try {
      const ended = await readStream(run, listener, signal, () => {
        if (!heard) listener.onConnection('live')
        heard = true
      })
      if (ended) return listener.onConnection('ended')
    } catch (error) {
      if (signal.aborted) return
      if ([401, 403, 404].some((status) => hasStatus(error, status))) return listener.onConnection('refused')
    }
    if (signal.aborted) return
    listener.onConnection('reconnecting')
    pause = heard ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS)
    await sleep(pause * (0.75 + Math.random() / 2), signal)
  }
}

async function readStream(run: string, listener: Listener, outer: AbortSignal, onHeard: () => void) {
  const attempt = new AbortController()
  const stop = () => attempt.abort()
  outer.addEventListener('abort', stop)
  let watch = setTimeout(stop, SILENCE_MS)
  let ended = false
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'delta') return listener.onDelta(JSON.parse(data) as Delta)
      if (event === 'delta.reset') return listener.onReset(JSON.parse(data) as Pick<Delta, 'run' | 'step'>)
      if (event === 'step.running') return listener.onRunning((JSON.parse(data) as { step: LoggedStep }).step)
      listener.onEvent(JSON.parse(data) as RunEvent)
      if (event && terminal.has(event)) ended = true
    },
  })
  try {
    const after = listener.after()
    const headers: Record<string, string> = { Accept: 'text/event-stream' }
    if (after > 0) headers['Last-Event-ID'] = String(after)
    const response = await send('GET', api.runEvents(run), { headers, signal: attempt.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    onHeard()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return ended
      clearTimeout(watch)
      watch = setTimeout(stop, SILENCE_MS)
      parser.feed(value)
      if (ended) return true
    }
  } finally {
    clearTimeout(watch)
    attempt.abort()
    outer.removeEventListener('abort', stop)
  }
}

/** Waits, but goes on at once when the computer is back on line. */
function sleep(ms: number, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
    signal.addEventListener('abort', done, { once: true })
  })
}
