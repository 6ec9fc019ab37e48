import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshApprovals, sendDecision } from '#/api/approvals'
import { inWords, type Words } from '#/api/errors'
import type { Approval, Decision } from '#/api/types'

export type Several = ReturnType<typeof useSeveral>

/** Only a plain yes or no can be given to several at once. */
export const takesPart = (approval: Approval) => approval.state === 'open' && approval.kind === 'tool'

/** How many of which kind, most first. */
export function kindsOf(list: Approval[]) {
  const kinds = new Map<string, { agent: string; tool: string; effect: Approval['effect']; many: number }>()
  for (const { agent, tool, effect } of list) {
    const key = JSON.stringify([agent, tool])
    const known = kinds.get(key)
    if (known) known.many++
    else kinds.set(key, { agent, tool: tool ?? 'a tool', effect, many: 1 })
  }
  return [...kinds.values()].toSorted((one, other) => other.many - one.many)
}

/** The selected approvals, and what became of each when all were decided at once. */
export function useSeveral(list: Approval[]) {
  const queries = useQueryClient()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [failed, setFailed] = useState<ReadonlyMap<string, Words>>(new Map())
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const able = list.filter(takesPart)
  const chosen = able.filter(({ id }) => selected.has(id))

  const answer = async (decision: Decision) => {
    setBusy(true)
    setFailed(new Map())
    const ends = await Promise.all(
      chosen.map(async ({ id, hash }) => {
        try {
          await sendDecision({ id, hash }, decision)
          return { id, words: null }
        } catch (error) {
          return { id, words: inWords(error) }
        }
      }),
    )
    const refused = ends.flatMap(({ id, words }): [string, Words][] => (words ? [[id, words]] : []))
    setFailed(new Map(refused))
    setSelected(new Set(refused.map(([id]) => id)))
    setBusy(false)
    const word = decision.decision === 'approve' ? 'approved' : 'rejected'
    setSaid(`${ends.length - refused.length} ${word}${refused.length ? `, ${refused.length} failed` : ''}`)
    await refreshApprovals(queries)
  }
  return {
    chosen,
    able,
    failed,
    busy,
    said,
    answer,
    has: (id: string) => selected.has(id),
    toggle: (id: string) =>
      setSelected((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    all: (on: boolean) => setSelected(new Set(on ? able.map(({ id }) => id) : [])),
  }
}
