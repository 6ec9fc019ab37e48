import type { ModelOutput, Step, ToolCall } from '#/api/types'
import { isAsk, isOpen } from './ask'
import { openAsks, questionOf, verdictOf } from './asks'
import type { RunView } from './view'

/** What a conversation shows of a run: text of the model, and the tool calls between. */
export type Block =
  | { kind: 'text'; key: string; text: string; live: boolean }
  /** How the model came to what follows, as far as it lets it be seen. */
  | { kind: 'thoughts'; key: string; text: string }
  | { kind: 'calls'; key: string; calls: Call[] }
  /** What the run asks people now. */
  | { kind: 'asks'; key: string; steps: Step[] }
/** A tool call: asked for by the model, and once it has begun, a step; `ask` is the question whether it may be done. */
export type Call = { key: string; name: string; arguments: unknown; step: Step | null; ask: Step | null }

/** The run that a call of another agent has led to. */
export function childOf(output: unknown): string | undefined {
  const run = (output as { run?: unknown } | null | undefined)?.run
  return typeof run === 'string' && /^[0-9a-f-]{36}$/.test(run) ? run : undefined
}

const isModelOutput = (output: unknown): output is ModelOutput =>
  typeof output === 'object' && output !== null && 'text' in output

export function textOf(step: Step, view: RunView): { text: string; live: boolean } {
  const live = view.live[step.number]
  if (live !== undefined) return { text: live, live: true }
  return { text: isModelOutput(step.output) ? step.output.text : '', live: false }
}

export function blocksOf(view: RunView): Block[] {
  const blocks: Block[] = []
  let calls: Call[] = []
  const closeCalls = () => {
    if (calls.length > 0) blocks.push({ kind: 'calls', key: `calls-${calls[0]!.key}`, calls })
    calls = []
  }
  for (const { model, others } of rounds(view.steps)) {
    if (model) {
      const { text, live } = textOf(model, view)
      const thoughts = isModelOutput(model.output) ? model.output.thoughts : undefined
      if (thoughts) {
        closeCalls()
        blocks.push({ kind: 'thoughts', key: `thoughts-${model.number}`, text: thoughts })
      }
      if (text.trim()) {
        closeCalls()
        blocks.push({ kind: 'text', key: String(model.number), text, live })
      }
    }
    calls.push(...callsOf(model, others, view))
  }
  closeCalls()
  const asks = openAsks(view)
  if (asks.length > 0) blocks.push({ kind: 'asks', key: 'asks', steps: asks })
  // A delta may come before the news of its step.
  for (const [number, text] of Object.entries(view.live)) {
    const known = view.steps.some((step) => step.number === Number(number))
    if (!known && text.trim()) blocks.push({ kind: 'text', key: number, text, live: true })
  }
  return blocks
}

type Round = { model: Step | null; others: Step[] }

/** A call of the model and the steps it led to. Ids of calls are only sure to be unique within one round. */
function rounds(steps: Step[]): Round[] {
  const list: Round[] = []
  for (const step of steps) {
    if (step.kind === 'model') list.push({ model: step, others: [] })
    else if (list.length > 0) list.at(-1)!.others.push(step)
    else list.push({ model: null, others: [step] })
  }
  return list
}

/** In the order they were asked for, so that nothing moves when the second of two calls begins first. */
function callsOf(model: Step | null, all: Step[], view: RunView): Call[] {
  const steps = all.filter((step) => !isPermission(step))
  const permissions = new Set(all.filter(isPermission))
  const askOf = (call: ToolCall): Step | null => {
    const found =
      [...permissions].find((step) => step.call === call.id) ??
      [...permissions].find((step) => step.call === null && step.name === call.name)
    if (found) permissions.delete(found)
    return found ?? null
  }
  const asked: ToolCall[] = isModelOutput(model?.output) ? (model.output.toolCalls ?? []) : []
  // The key outlives the beginning of the call, so a card somebody opened stays open.
  const keyOf = (call: ToolCall, index: number) => `${model?.number}-${call.id}-${index}`
  const ofStep = (step: Step, key = String(step.number), ask: Step | null = null): Call => ({
    key,
    name: step.name,
    arguments: step.input,
    step,
    ask,
  })
  const left = new Set(steps)
  const ordered = asked.flatMap((call): Call[] => {
    const ask = askOf(call)
    // A wait has no id of a call; there its name tells.
    const begun = steps.filter((step) => step.call === call.id)
    if (begun.length === 0)
      begun.push(...steps.filter((step) => step.call === null && step.name === call.name).slice(0, 1))
    for (const step of begun) left.delete(step)
    if (begun.length > 0)
      return begun.map((step, index) => {
        const one = ofStep(step, keyOf(call, index), ask)
        // The step of a question holds more than what the model asked.
        return isAsk(step) ? { ...one, arguments: call.arguments } : one
      })
    const stillToCome = view.endedAt === null || (ask !== null && verdictOf(ask) !== null)
    return stillToCome ? [{ key: keyOf(call, 0), name: call.name, arguments: call.arguments, step: null, ask }] : []
  })
  return [...ordered, ...[...left].map((step) => ofStep(step))]
}

/** Whether a call may be done; to ask a person something is a call of its own. */
const isPermission = (step: Step) => isAsk(step) && step.name !== 'ask_person'

const telling = ['question', 'url', 'expression', 'query', 'name', 'key', 'path', 'command', 'text']

/** The one argument that tells a call from its neighbours. */
export function tellingArgument(input: unknown): string {
  if (typeof input !== 'object' || input === null) return input === null || input === undefined ? '' : String(input)
  const values = input as Record<string, unknown>
  const key = telling.find((name) => typeof values[name] === 'string') ?? Object.keys(values)[0]
  if (key === undefined) return ''
  const value = values[key]
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return key === 'url' ? text.replace(/^https?:\/\//, '') : text
}

export const stepName = (step: Step) =>
  step.kind === 'model' ? 'Model' : isAsk(step) ? `Approval: ${step.name}` : step.name

/** A step's state as it is shown: a question that is open asks. */
export const shownState = (step: Step) => (isAsk(step) && isOpen(step) ? ('asking' as const) : step.state)

/** What tells a step from its neighbours. */
export function tellingOf(step: Step): string {
  const asked = questionOf(step)
  if (asked) return asked.message && !asked.arguments ? asked.message : tellingArgument(asked.arguments)
  return step.kind === 'tool' || step.kind === 'agent' ? tellingArgument(step.input) : ''
}

export const durationOf = (step: Step, now: number) =>
  step.durationMs ?? (step.endedAt ? Date.parse(step.endedAt) : now) - Date.parse(step.startedAt)
