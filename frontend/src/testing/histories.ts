import type { Delta, Effect, LoggedStep, Run, RunEvent, Step } from '#/api/types'
import type { Random } from './random'

/** Histories of runs as a backend would tell them. */
export type News = { event: RunEvent } | { delta: Delta } | { running: LoggedStep }
export type History = { run: Run; news: News[]; events: RunEvent[] }

export const question = [{ role: 'user' as const, content: 'What is 17 * 23' }]

export const aRun: Run = {
  id: 'run-1',
  agent: 'assistant',
  revision: 1,
  thread: 'thread-1',
  state: 'running',
  input: question,
  output: null,
  structuredOutput: null,
  truncated: false,
  error: null,
  waiting: null,
  usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
  steps: 0,
  cost: null,
  metadata: {},
  requester: null,
  user: null,
  origin: null,
  parent: null,
  depth: 0,
  paused: false,
  behind: false,
  replica: 'a',
  epoch: 1,
  lastSeq: 0,
  createdAt: '2026-11-21T06:00:00.000Z',
  startedAt: '2026-11-21T06:00:00.000Z',
  endedAt: null,
}

const moment = (tick: number) => new Date(Date.parse(aRun.createdAt) + tick * 100).toISOString()

export const aStep = (number: number, more: Partial<LoggedStep> = {}): LoggedStep => ({
  number,
  kind: 'model',
  name: 'default',
  state: 'succeeded',
  effect: 'read',
  call: null,
  attempt: 1,
  startedAt: moment(number),
  endedAt: moment(number + 1),
  durationMs: 100,
  input: {},
  output: null,
  error: null,
  usage: null,
  cost: null,
  model: null,
  ...more,
})

type DataOf<Type extends RunEvent['type']> = RunEvent extends infer One
  ? One extends { type: infer Types; data: infer Data }
    ? Type extends Types
      ? Data
      : never
    : never
  : never

/** Writes events with gapless seq from 1. */
export function logOf() {
  const events: RunEvent[] = []
  const write = <Type extends RunEvent['type']>(type: Type, data: DataOf<Type>) => {
    const event = { seq: events.length + 1, run: aRun.id, at: moment(events.length), type, data } as unknown as RunEvent
    events.push(event)
    return event
  }
  return { events, write }
}

const alphabet = 'sail the rope knot deck '

/** A run of random length with model text, tools, waits, take-overs and an end. */
export function randomHistory(random: Random): History {
  const { events, write } = logOf()
  const news: News[] = []
  const say = (event: RunEvent) => void news.push({ event })
  let epoch = 1
  const takeOver = () => {
    epoch += 1
    say(write('run.claimed', { replica: random.pick(['a', 'b', 'c']), epoch, reason: 'takeover' }))
  }
  say(write('run.created', { input: question, replica: 'a' }))
  const steps = 1 + random.below(8)
  for (let number = 1; number <= steps; number++) {
    if (random.chance(0.5)) {
      const text = Array.from({ length: random.below(60) }, () => random.pick([...alphabet])).join('')
      const begin = aStep(number, { state: 'running', endedAt: null, durationMs: null })
      const stream = (upTo: number) => {
        news.push({ running: begin })
        for (let offset = 0; offset < upTo;) {
          const piece = text.slice(offset, Math.min(upTo, offset + 1 + random.below(9)))
          news.push({ delta: { run: aRun.id, step: number, offset, text: piece } })
          offset += piece.length
        }
      }
      if (random.chance(0.25)) {
        stream(random.below(text.length + 1))
        takeOver()
      }
      stream(text.length)
      const output = { text, toolCalls: [], finish: 'stop' }
      say(
        write('step.succeeded', {
          step: aStep(number, { output, usage: { inputTokens: 3, cachedTokens: 1, outputTokens: 2 } }),
        }),
      )
    } else {
      const effect = random.pick<Effect>(['read', 'keyed', 'unkeyed'])
      const tool = aStep(number, { kind: 'tool', name: 'notes_write', effect, call: `call-${number}` })
      if (effect === 'read') news.push({ running: { ...tool, state: 'running', endedAt: null } })
      else say(write('step.started', { step: { ...tool, state: 'started', endedAt: null } }))
      if (random.chance(0.2)) takeOver()
      const type = random.pick(['step.succeeded', 'step.succeeded', 'step.failed', 'step.unknown'] as const)
      const state: Step['state'] =
        type === 'step.succeeded' ? 'succeeded' : type === 'step.failed' ? 'failed' : 'unknown'
      say(write(type, { step: { ...tool, state } }))
    }
    if (random.chance(0.2)) {
      // A question to a person, perhaps stated again with edited arguments, decided while nobody holds the run.
      number += 1
      const asked = (round: number) =>
        aStep(number, {
          kind: 'decision',
          name: 'notes_write',
          call: `call-${number + 1}`,
          input: { approval: `approval-${number}-${round}` },
        })
      say(write('step.started', { step: { ...asked(1), state: 'started', endedAt: null } }))
      say(write('run.waiting', { reason: 'approval', step: number }))
      if (random.chance(0.3)) {
        say(write('run.claimed', { replica: 'b', epoch, reason: 'woken' }))
        say(write('step.started', { step: { ...asked(2), state: 'started', endedAt: null } }))
        say(write('run.waiting', { reason: 'approval', step: number }))
      }
      if (random.chance(0.3)) takeOver()
      else say(write('run.claimed', { replica: 'a', epoch, reason: 'woken' }))
      const decision = random.pick(['approve', 'reject', 'expired'])
      say(write('step.succeeded', { step: { ...asked(2), output: { decision, by: 'mia' } } }))
    }
    if (random.chance(0.1)) {
      say(write('run.waiting', { reason: 'paused' }))
      say(write('run.claimed', { replica: 'b', epoch, reason: 'woken' }))
    }
    if (random.chance(0.15)) {
      say(write('run.waiting', { reason: 'timer', until: moment(99), step: number }))
      say(write('run.claimed', { replica: 'a', epoch, reason: 'woken' }))
    }
  }
  if (random.chance(0.7)) say(write('run.succeeded', { output: 'done' }))
  else if (random.chance(0.5)) say(write('run.failed', { error: { code: 'limit', message: 'Too many steps' } }))
  else say(write('run.cancelled', {}))
  return { run: aRun, news, events }
}
