import type { ModelOutput, Step, ToolCall } from '../api/types'
import type { RunView } from './view'

/** What a conversation shows of a run: text of the model, and the tool calls between. */
export type Block =
  { kind: 'text'; key: string; text: string; live: boolean } | { kind: 'calls'; key: string; calls: Call[] }
/** A tool call: asked for by the model, and once it has begun, a step. */
export type Call = { key: string; name: string; arguments: unknown; step: Step | null }

const isModelOutput = (output: unknown): output is ModelOutput =>
  typeof output === 'object' && output !== null && 'text' in output

export function textOf(step: Step, view: RunView): { text: string; live: boolean } {
  const live = view.live[step.number]
  if (live !== undefined) return { text: live, live: true }
  return { text: isModelOutput(step.output) ? step.output.text : '', live: false }
}

export function blocksOf(view: RunView): Block[] {
  const blocks: Block[] = []
  const begun = new Set(view.steps.map((step) => step.call))
  const addCall = (call: Call) => {
    const last = blocks.at(-1)
    if (last?.kind === 'calls') last.calls.push(call)
    else blocks.push({ kind: 'calls', key: `calls-${call.key}`, calls: [call] })
  }
  for (const step of view.steps) {
    if (step.kind !== 'model') {
      addCall({ key: String(step.number), name: step.name, arguments: step.input, step })
      continue
    }
    const { text, live } = textOf(step, view)
    if (text.trim()) blocks.push({ kind: 'text', key: String(step.number), text, live })
    const asked: ToolCall[] = isModelOutput(step.output) ? (step.output.toolCalls ?? []) : []
    const open = step === view.steps.findLast((other) => other.kind === 'model') && view.endedAt === null
    for (const call of asked) {
      if (open && !begun.has(call.id)) addCall({ key: call.id, name: call.name, arguments: call.arguments, step: null })
    }
  }
  // A delta may come before the news of its step.
  for (const [number, text] of Object.entries(view.live)) {
    const known = view.steps.some((step) => step.number === Number(number))
    if (!known && text.trim()) blocks.push({ kind: 'text', key: number, text, live: true })
  }
  return blocks
}

const telling = ['url', 'expression', 'query', 'name', 'key', 'path', 'command', 'text']

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

export const stepName = (step: Step) => (step.kind === 'model' ? 'model call' : step.name)

export const durationOf = (step: Step, now: number) =>
  step.durationMs ?? (step.endedAt ? Date.parse(step.endedAt) : now) - Date.parse(step.startedAt)
