import type { Turn } from '#/api/types'
import { textOf } from '#/events/steps'
import { replay } from '#/events/view'

export type Message = { key: string; who: string; text: string }

const SHOWN = 3

/** The last things that were said up to a run's question, oldest first; `turns` are the thread's, newest first. */
export function messagesOf(turns: Turn[], run: string): Message[] {
  const at = turns.findIndex((turn) => turn.run.id === run)
  const before = at < 0 ? [] : turns.slice(at).toReversed()
  const messages = before.flatMap(({ run: of, events }) => {
    const view = replay(of, events)
    const asked = view.input.findLast(({ role }) => role === 'user')?.content ?? ''
    const answers = view.steps
      .map((step) => ({ key: `${of.id}-${step.number}`, who: view.agent, text: textOf(step, view).text.trim() }))
      .filter(({ text }) => text)
    return [...(asked ? [{ key: of.id, who: view.metadata.user ?? 'Request', text: asked }] : []), ...answers]
  })
  return messages.slice(-SHOWN)
}
