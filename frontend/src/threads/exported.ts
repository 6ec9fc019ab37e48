import type { Thread, Turn } from '#/api/types'
import { textOf } from '#/events/steps'
import { replay } from '#/events/view'

/** A conversation as people keep it: who said what and when, and which tools were called between. */
export function asMarkdown(thread: Pick<Thread, 'id' | 'title'>, turns: Turn[]): string {
  const parts = turns.map(({ run, events }) => {
    const view = replay(run, events)
    const asked = view.input.findLast(({ role }) => role === 'user')?.content ?? ''
    const said = view.steps
      .map((step) => {
        if (step.kind === 'model') return textOf(step, view).text.trim()
        return step.kind === 'tool' || step.kind === 'agent' ? `> Tool \`${step.name}\`: ${step.state}` : ''
      })
      .filter(Boolean)
    const end = view.error ? [`> Failed: ${view.error.message}`] : view.state === 'cancelled' ? ['> Stopped'] : []
    return [`## ${run.createdAt}`, `**You:** ${asked}`, `**${view.agent}:**`, ...said, ...end].join('\n\n')
  })
  return [`# ${thread.title || 'Untitled'}`, `Thread ${thread.id}`, ...parts].join('\n\n') + '\n'
}

/** All of it, for programs. */
export const asJson = (thread: Thread, turns: Turn[]) => JSON.stringify({ thread, turns }, null, 2) + '\n'

/** A name that every file system takes. */
export const fileName = (title: string, ending: 'md' | 'json') =>
  `${
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'thread'
  }.${ending}`
