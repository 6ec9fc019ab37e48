import { hasEnded } from '#/api/runCan'
import type { Cost, Delta, Failure, LoggedStep, Run, RunEvent, RunState, Step, Usage, Waiting } from '#/api/types'
import { isAsk, isOpen } from './ask'

/**
 * THE reducer: a run's log folded into what pages show. Live and reloaded views use the same one, so a reload
 * cannot change a page. Live-only news (deltas, running steps) decorates steps that are not committed yet and is
 * replaced by the committed step.
 */
export type RunView = {
  id: string
  /** The last event applied; the next one must be `seq + 1`. */
  seq: number
  /** Something is missing between what is here and what arrived: read again from `seq`. */
  gap: boolean
  state: RunState
  agent: string
  revision: number
  thread: string
  input: NonNullable<Run['input']>
  metadata: Record<string, string>
  steps: Step[]
  /** The text so far of steps that are not committed, by step number. */
  live: Record<number, string>
  waiting: Waiting | null
  /** Queued behind another run of its thread, until a replica takes it. */
  behind: boolean
  output: string | null
  /** The answer as a JSON value, for a run whose answer has a schema; else null. */
  structured: unknown
  /** The answer broke off at the model's token limit. */
  truncated: boolean
  error: Failure | null
  owners: Owner[]
  createdAt: string
  endedAt: string | null
}

/** A replica that carried the run, from `at` on. */
export type Owner = { replica: string; at: string; epoch: number; reason: 'created' | 'queued' | 'takeover' | 'woken' }

/** What is known of a run before its first event is read. */
export function viewOf(run: Run): RunView {
  return {
    id: run.id,
    seq: 0,
    gap: false,
    state: hasEnded(run.state) ? 'running' : run.state,
    agent: run.agent,
    revision: run.revision,
    thread: run.thread,
    input: run.input ?? [],
    metadata: run.metadata ?? {},
    steps: [],
    live: {},
    waiting: run.waiting,
    behind: run.behind ?? false,
    output: null,
    structured: null,
    truncated: false,
    error: null,
    owners: [],
    createdAt: run.createdAt,
    endedAt: null,
  }
}

/** A whole log at once. Event by event a long one would copy all its steps again for each of them. */
export function replay(run: Run, events: RunEvent[]): RunView {
  const steps = new Map<number, Step>()
  const all = () => [...steps.values()].sort((a, b) => a.number - b.number)
  let view = viewOf(run)
  for (const event of events) {
    const number = 'step' in event.data ? (event.data as { step: LoggedStep | null }).step?.number : undefined
    if (event.type.startsWith('step.') && number !== undefined) {
      const known = steps.get(number)
      view = apply({ ...view, steps: known ? [known] : [] }, event)
      const told = view.steps[0]
      if (told) steps.set(number, told)
    } else if (hasEnded(event.type.slice('run.'.length) as RunState)) {
      view = apply({ ...view, steps: all() }, event)
      view.steps.forEach((step) => steps.set(step.number, step))
    } else {
      view = apply(view, event)
    }
    view = { ...view, steps: [] }
  }
  return { ...view, steps: all() }
}

export function apply(view: RunView, event: RunEvent): RunView {
  if (event.run !== view.id || event.seq <= view.seq) return view
  if (event.seq > view.seq + 1) return view.gap ? view : { ...view, gap: true }
  return { ...change(view, event), seq: event.seq, gap: false }
}

function change(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'run.created': {
      // The log says here only what the run itself does not.
      const { input = view.input, replica, epoch = 1 } = event.data
      const created = { ...view, input, createdAt: event.at }
      // Its end of the log may still be to come; whether it was taken yet, the run's row knows.
      if (!replica) return created
      return { ...created, state: 'running', owners: [{ replica, epoch, at: event.at, reason: 'created' }] }
    }
    case 'run.claimed': {
      const { replica, epoch, reason } = event.data
      const owners = [...view.owners, { replica, epoch, at: event.at, reason }]
      return { ...view, state: 'running', waiting: null, behind: false, owners }
    }
    case 'run.released':
      return { ...view, state: 'queued' }
    case 'run.waiting':
      return { ...view, state: 'waiting', waiting: { until: null, step: null, ...event.data } }
    case 'run.succeeded':
      return ended(view, 'succeeded', event.at, {
        output: event.data.output ?? null,
        structured: event.data.structuredOutput ?? null,
        truncated: event.data.truncated ?? false,
      })
    case 'run.failed':
      return ended(view, 'failed', event.at, { error: event.data.error })
    case 'run.cancelled':
      return ended(view, 'cancelled', event.at, {})
    case 'step.started':
      return atWork(withStep(view, event.data.step, event.at))
    case 'step.succeeded':
    case 'step.failed':
    case 'step.unknown':
      return withoutLiveText(withStep(view, event.data.step, event.at), event.data.step.number)
    default:
      // A type this console does not know yet: its seq counts, its meaning is for a newer console.
      return view
  }
}

function ended(view: RunView, state: RunState, at: string, result: Partial<RunView>): RunView {
  const steps = view.steps.map((step) => (isOpen(step) ? { ...step, state: 'cancelled' as const, endedAt: at } : step))
  return { ...view, ...result, state, steps, waiting: null, behind: false, endedAt: at }
}

/** A delta says where in the step's text it belongs, so a repeated one changes nothing and a lost one is noticed. */
export function applyDelta(view: RunView, delta: Delta): RunView {
  const committed = view.steps.some((step) => step.number === delta.step && !isOpen(step))
  if (delta.run !== view.id || committed || hasEnded(view.state)) return view
  const text = view.live[delta.step] ?? ''
  if (delta.offset > text.length) return view.gap ? view : { ...view, gap: true }
  if (text.startsWith(delta.text, delta.offset)) return view
  return atWork({ ...view, live: { ...view.live, [delta.step]: text.slice(0, delta.offset) + delta.text } })
}

/** What is done is done by a replica: one alone says nowhere in the log that it took the run. */
const atWork = (view: RunView): RunView =>
  view.state === 'queued' ? { ...view, state: 'running', behind: false } : view

/** What was shown of the step's text does not count: it is told from its beginning. */
export function applyReset(view: RunView, reset: Pick<Delta, 'run' | 'step'>): RunView {
  return reset.run === view.id ? withoutLiveText(view, reset.step) : view
}

/** A step that runs but has nothing in the log yet. */
export function applyRunning(view: RunView, step: LoggedStep): RunView {
  const known = view.steps.find((other) => other.number === step.number)
  if ((known && !isOpen(known)) || hasEnded(view.state)) return view
  return atWork(withStep(view, step, known?.startedAt ?? new Date().toISOString()))
}

function withStep(view: RunView, step: LoggedStep, at: string): RunView {
  const others = view.steps.filter((other) => other.number !== step.number)
  const known = view.steps.find((other) => other.number === step.number)
  const next = complete(view, step, at)
  // A question that was edited is stated again; it has waited since it was first asked.
  if (known && isAsk(step) && isOpen(known)) next.startedAt = known.startedAt
  return { ...view, steps: [...others, next].sort((a, b) => a.number - b.number) }
}

function complete(view: RunView, step: LoggedStep, at: string): Step {
  const owner = view.owners.at(-1)
  return {
    effect: 'read',
    call: null,
    attempt: 1,
    epoch: owner?.epoch ?? 1,
    replica: owner?.replica ?? null,
    endedAt: null,
    durationMs: null,
    input: null,
    output: null,
    error: null,
    usage: null,
    cost: null,
    model: null,
    ...step,
    startedAt: step.startedAt ?? at,
  }
}

function withoutLiveText(view: RunView, number: number): RunView {
  if (!(number in view.live)) return view
  const { [number]: _committed, ...live } = view.live
  return { ...view, live }
}

export function usageOf(view: RunView): Usage {
  const sum = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }
  for (const { usage } of view.steps) {
    sum.inputTokens += usage?.inputTokens ?? 0
    sum.cachedTokens += usage?.cachedTokens ?? 0
    sum.outputTokens += usage?.outputTokens ?? 0
  }
  return sum
}

/** The sum over the model's steps; null as soon as one price is unknown, because a sum without it would be a lie. */
export function costOf(view: RunView): Cost | null {
  const priced = view.steps.filter((step) => step.usage !== null)
  if (priced.some((step) => step.cost === null)) return null
  return {
    microUnits: priced.reduce((sum, step) => sum + (step.cost?.microUnits ?? 0), 0),
    currency: priced[0]?.cost?.currency ?? 'USD',
  }
}
