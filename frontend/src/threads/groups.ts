import type { Thread } from '#/api/types'

export type Group = { name: string; threads: Thread[] }

const DAY_MS = 86_400_000

/** Threads by how long nothing was said in them, by the reader's own days. */
export function groupsOf(threads: Thread[], now = new Date()): Group[] {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const groups: Group[] = []
  for (const thread of threads) {
    const name = nameOf(Date.parse(thread.updatedAt), today)
    const last = groups.find((group) => group.name === name)
    if (last) last.threads.push(thread)
    else groups.push({ name, threads: [thread] })
  }
  return groups
}

function nameOf(at: number, today: number): string {
  if (at >= today) return 'Today'
  if (at >= today - DAY_MS) return 'Yesterday'
  if (at >= today - 7 * DAY_MS) return 'Previous 7 days'
  if (at >= today - 30 * DAY_MS) return 'Previous 30 days'
  return new Date(at).toLocaleDateString('en-GB', { month: 'long', year: 'numeric' })
}
