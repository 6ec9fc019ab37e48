import type { Failure, ModelOutput, Run, RunEvent, Said, Step, Thread } from '../src/api/types.ts'
import { ago, newId, replicas, world, type Live, type MockRun } from './world.ts'

/** Plays a run after a script: the same events a backend would write, at a pace a person can watch. */
const demo = { alias: 'default', provider: 'demo', name: 'demo' }
type Clock = { at: () => string; pass: (ms: number) => Promise<void> }

const realTime: Clock = {
  at: () => new Date().toISOString(),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
/** For the runs of the past: time passes on paper only. */
const paperTime = (secondsAgo: number): Clock => {
  let spent = 0
  return {
    at: () => ago(secondsAgo - spent / 1000),
    pass: async (ms) => {
      spent += ms
    },
  }
}

class Cancelled extends Error {}

class Player {
  private epoch = 1
  private replica = replicas[0]!
  private number = 0
  private asked = 0
  constructor(
    private readonly mock: MockRun,
    private readonly clock: Clock,
  ) {}

  async play(message: string) {
    const { run } = this.mock
    this.write('run.created', {
      input: run.input,
      thread: run.thread,
      agent: run.agent,
      revision: run.revision,
      metadata: run.metadata,
      replica: this.replica,
      epoch: 1,
    })
    try {
      await this.script(message.toLowerCase())
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      this.end('cancelled', 'run.cancelled', {})
    }
  }

  private async script(message: string) {
    if (/fail/.test(message)) return this.fail()
    const sum = /(\d+)\s*([*×+-])\s*(\d+)/.exec(message)
    if (/at once/.test(message)) {
      await this.model('I will look at the clock and work the sum out at once.', ['clock', 'calculator'])
      await Promise.all([
        this.tool('clock', {}, { now: this.clock.at(), zone: 'UTC' }, 180),
        this.tool('calculator', { expression: '18 * 42.50 + 3 * 110' }, { result: '1095' }, 40),
      ])
      return this.answer(table)
    }
    if (/note/.test(message)) {
      await this.model('I will write it down.', ['notes_write'])
      await this.tool('notes_write', { name: 'rope', text: '40 m' }, { written: true, name: 'rope' }, 420, 'keyed')
      return this.answer('Saved: note `rope` says **40 m**.')
    }
    if (/wait/.test(message)) return this.wait()
    if (/long|slow|takeover/.test(message)) return this.long(/takeover/.test(message))
    if (sum) {
      const [, a, op, b] = sum
      const result = op === '+' ? +a! + +b! : op === '-' ? +a! - +b! : +a! * +b!
      const expression = `${a} ${op === '×' ? '*' : op} ${b}`
      await this.model('', ['calculator'])
      await this.tool('calculator', { expression }, { result: String(result) }, 12)
      return this.answer(`${expression.replace('*', '×')} is **${result}**.`)
    }
    return this.answer(
      'I am the demo model of the mock API. Ask me:\n\n- `what is 17 * 23`\n- `use clock and calculator at once`\n- `note rope: 40 m`\n- `long answer`, `takeover`, `wait 10 s` or `fail`',
    )
  }

  private async long(takeover: boolean) {
    const parts = Array.from(
      { length: 24 },
      (_, index) =>
        `## Leg ${index + 1}\n\nSteer ${(index * 37) % 360}° for ${index + 3} miles, then look at the depth. The log line is \`leg ${index + 1}\`.\n\n`,
    )
    const text = parts.join('')
    if (takeover) {
      await this.stream(this.step('model', 'default', {}), text.slice(0, 500))
      this.number -= 1
      await this.clock.pass(2500)
      this.epoch += 1
      this.replica = replicas[1]!
      this.write('run.claimed', { replica: this.replica, epoch: this.epoch, reason: 'takeover' })
    }
    return this.answer(takeover ? text.slice(0, 1400) : text)
  }

  private async wait() {
    await this.model('I will wait.', ['wait'])
    const step = this.step('wait', 'wait', { input: { seconds: 10 } })
    this.write('step.started', { step })
    this.mock.run.state = 'waiting'
    const until = new Date(Date.parse(this.clock.at()) + 10_000).toISOString()
    this.mock.run.waiting = { reason: 'timer', until, step: step.number }
    this.write('run.waiting', this.mock.run.waiting)
    await this.pass(10_000)
    this.mock.run.state = 'running'
    this.mock.run.waiting = null
    this.write('run.claimed', { replica: this.replica, epoch: this.epoch, reason: 'woken' })
    this.write('step.succeeded', { step: this.closed(step, { output: { waited: '10 s' } }) })
    return this.answer('Ten seconds have passed.')
  }

  private async fail() {
    await this.model('I will fetch it.', ['http_fetch'])
    const error = {
      code: 'host_not_allowed',
      message: 'Host "intranet.example.net" is not on the allow-list of agent "assistant"',
    }
    await this.tool('http_fetch', { url: 'https://intranet.example.net/' }, null, 90, 'read', error)
    const failure = {
      code: 'model_failed',
      message: 'Model "default" gave no answer after 3 attempts: the demo model fails on request',
      hint: 'Ask again without the word "fail"',
    }
    const step = this.step('model', 'default', {})
    this.show(step)
    await this.pass(500)
    this.write('step.failed', { step: { ...this.closed(step, {}), state: 'failed', attempt: 3, error: failure } })
    this.end('failed', 'run.failed', { error: failure })
  }

  private async answer(text: string) {
    await this.model(text, [])
    this.mock.run.output = text
    this.end('succeeded', 'run.succeeded', { output: text })
  }

  private async model(text: string, tools: string[]) {
    const step = this.step('model', 'default', {})
    this.show(step)
    await this.pass(250)
    await this.stream(step, text)
    const usage = {
      inputTokens: 180 + this.number * 60,
      cachedTokens: this.number > 1 ? 128 : 0,
      outputTokens: Math.ceil(text.length / 4) + 12,
    }
    const toolCalls = tools.map((name) => ({ id: `call_${step.number}_${name}`, name, arguments: {} }))
    this.asked = step.number
    const output: ModelOutput = { text, toolCalls, finish: tools.length ? 'tool_calls' : 'stop' }
    const run = this.mock.run
    run.usage = {
      inputTokens: run.usage.inputTokens + usage.inputTokens,
      cachedTokens: run.usage.cachedTokens + usage.cachedTokens,
      outputTokens: run.usage.outputTokens + usage.outputTokens,
    }
    this.write('step.succeeded', {
      step: { ...this.closed(step, { output }), usage, cost: { microUnits: 0, currency: 'USD' } },
    })
  }

  private async stream(step: Step, text: string) {
    for (let offset = 0; offset < text.length; offset += 7) {
      const piece = text.slice(offset, offset + 7)
      this.mock.text.set(step.number, text.slice(0, offset + 7))
      this.tell({ kind: 'delta', delta: { run: this.mock.run.id, step: step.number, offset, text: piece } })
      await this.pass(28)
    }
  }

  private async tool(
    name: string,
    input: unknown,
    output: unknown,
    ms: number,
    effect: Step['effect'] = 'read',
    error: Failure | null = null,
  ) {
    const step = this.step('tool', name, { input, effect, call: `call_${this.asked}_${name}`, model: null })
    if (effect === 'read') this.show(step)
    else this.write('step.started', { step })
    await this.pass(ms)
    if (error) this.write('step.failed', { step: { ...this.closed(step, {}), state: 'failed', error } })
    else this.write('step.succeeded', { step: this.closed(step, { output }) })
  }

  private step(kind: Step['kind'], name: string, more: Partial<Step>): Step {
    this.number += 1
    const input = {
      messages: [{ role: 'system', content: 'You are assistant. Answer briefly.' }, ...(this.mock.run.input ?? [])],
    }
    return {
      number: this.number,
      kind,
      name,
      state: kind === 'model' ? 'running' : 'started',
      effect: 'read',
      call: null,
      attempt: 1,
      epoch: this.epoch,
      replica: this.replica,
      startedAt: this.clock.at(),
      endedAt: null,
      durationMs: null,
      input,
      output: null,
      error: null,
      usage: null,
      cost: null,
      model: kind === 'model' ? demo : null,
      ...more,
    }
  }

  private closed(step: Step, more: Partial<Step>): Step {
    const endedAt = this.clock.at()
    return {
      ...step,
      state: 'succeeded',
      endedAt,
      durationMs: Date.parse(endedAt) - Date.parse(step.startedAt),
      ...more,
    }
  }

  private async pass(ms: number) {
    if (this.mock.cancelled) throw new Cancelled()
    await this.clock.pass(ms)
  }

  private show(step: Step) {
    this.tell({ kind: 'running', step: { ...step, state: 'running' } })
  }

  private write(type: RunEvent['type'], data: unknown) {
    const { run, events, text } = this.mock
    const event = { seq: events.length + 1, run: run.id, at: this.clock.at(), type, data } as RunEvent
    events.push(event)
    run.lastSeq = event.seq
    run.replica = this.replica
    run.epoch = this.epoch
    if ('step' in event.data && event.data.step) {
      run.steps = Math.max(run.steps, (event.data.step as Step).number)
      text.delete((event.data.step as Step).number)
    }
    this.tell({ kind: 'event', event })
  }

  private end(state: Run['state'], type: RunEvent['type'], data: { error?: Failure } & Record<string, unknown>) {
    const { run } = this.mock
    run.state = state
    run.error = data.error ?? null
    run.endedAt = this.clock.at()
    const thread = world.threads.get(run.thread)
    if (thread)
      Object.assign(thread, { activeRun: null, lastRun: { id: run.id, state, waiting: null }, updatedAt: run.endedAt })
    this.write(type, data)
  }

  private tell(news: Live) {
    for (const listener of this.mock.listeners) listener(news)
  }
}

const table = `You owe **1,095.00** for March, due on 10 April:

| Item | Nights | Rate | Sum |
| --- | ---: | ---: | ---: |
| Berth 14 | 18 | 42.50 | 765.00 |
| Crane | 3 | 110.00 | 330.00 |

The sum again, as a program:

\`\`\`js
const total = 18 * 42.5 + 3 * 110
console.log(total.toFixed(2)) // 1095.00
\`\`\`

> Prices from the [harbour's list](https://example.org/dues).
`

export function startRun(
  agent: string,
  revision: number,
  input: Said[],
  thread: Thread,
  metadata = {},
  secondsAgo?: number,
): Run {
  const clock = secondsAgo === undefined ? realTime : paperTime(secondsAgo)
  const run: Run = {
    id: newId(),
    agent,
    revision,
    thread: thread.id,
    state: 'running',
    input,
    output: null,
    structuredOutput: null,
    truncated: false,
    error: null,
    waiting: null,
    usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
    steps: 0,
    cost: { microUnits: 0, currency: 'USD' },
    metadata,
    requester: null,
    user: null,
    origin: null,
    parent: null,
    depth: 0,
    paused: false,
    behind: false,
    replica: replicas[0]!,
    epoch: 1,
    lastSeq: 0,
    createdAt: clock.at(),
    startedAt: clock.at(),
    endedAt: null,
  }
  const mock: MockRun = { run, events: [], text: new Map(), listeners: new Set(), cancelled: false }
  world.runs.set(run.id, mock)
  Object.assign(thread, {
    activeRun: run.id,
    lastRun: { id: run.id, state: 'running', waiting: null },
    pinned: false,
    archived: false,
    updatedAt: run.createdAt,
    agent,
  })
  void new Player(mock, clock).play(input.at(-1)?.content ?? '')
  return run
}

const past: [string, string, number][] = [
  ['note-keeper', 'Note rope: 40 m', 260_000],
  ['researcher', 'Fetch the intranet page (it will fail)', 93_000],
  ['assistant', 'Takeover: tell me the whole passage plan', 7_300],
  ['assistant', 'What is 17 × 23', 3_700],
  ['assistant', 'Harbour dues for March: use clock and calculator at once', 140],
]
for (const [agent, message, seconds] of past) {
  startRun(
    agent,
    1,
    [{ role: 'user', content: message }],
    Object.assign(openPast(agent, message, seconds)),
    {},
    seconds,
  )
}

function openPast(agent: string, title: string, seconds: number): Thread {
  const thread: Thread = {
    id: newId(),
    title,
    agent,
    createdAt: ago(seconds),
    updatedAt: ago(seconds),
    activeRun: null,
    lastRun: null,
    pinned: false,
    archived: false,
  }
  world.threads.set(thread.id, thread)
  return thread
}
