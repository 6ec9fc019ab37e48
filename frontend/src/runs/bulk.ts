import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { inWords } from '#/api/errors'
import { runCan } from '#/api/runCan'
import { cancelRun, refreshLists, retryRun } from '#/api/runs'
import type { FoundRun } from '#/api/types'
import { plural } from '#/ui/format'
import { toasts } from '#/ui/toasts'

export type Bulk = 'cancel' | 'retry'

/** So many are asked for at once. */
const SIDE_BY_SIDE = 4

export const able = (runs: FoundRun[], what: Bulk) => runs.filter((run) => runCan[what](run.state))

const acts: Record<Bulk, (run: FoundRun) => Promise<unknown>> = {
  cancel: (run) => cancelRun(run.id),
  // Without a step it continues from where it failed.
  retry: (run) => retryRun(run.id, {}, newIdempotencyKey()),
}

/** Does the same to several runs; each may be refused on its own, and the first refusal says why. */
export function useBulk() {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const go = async (what: Bulk, runs: FoundRun[]) => {
    setBusy(true)
    const left = [...runs]
    const refused: unknown[] = []
    const one = async () => {
      for (let run = left.shift(); run; run = left.shift()) await acts[what](run).catch((why) => refused.push(why))
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one))
    await refreshLists(queries)
    setBusy(false)
    const done = runs.length - refused.length
    if (done > 0)
      toasts.done(
        what === 'cancel' ? `Cancelling ${plural(done, 'run')}` : `${plural(done, 'retry', 'retries')} started`,
      )
    if (refused.length > 0) {
      const words = inWords(refused[0])
      toasts.failed({ ...words, title: `${plural(refused.length, 'run')} refused: ${words.title}` })
    }
  }
  return { busy, go }
}
