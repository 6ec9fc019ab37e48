import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { hasEnded } from '#/api/runCan'
import { runAndLogQuery } from '#/api/runs'
import type { Run, RunEvent, Step } from '#/api/types'
import { childOf } from '#/events/steps'
import { replay, type RunView } from '#/events/view'

/** A row of the waterfall: a step of the run, or with `run` one of a run that it called. */
export type Row = { key: string; step: Step; run?: string; leadsTo: boolean; isOpen: boolean }

/** The runs that were called, as far as somebody has unfolded them: their steps, by the number of the calling step. */
export type Called = { steps: ReadonlyMap<number, { run: string; steps: Step[] }>; toggle: (step: number) => void }
export const none: Called = { steps: new Map(), toggle: () => {} }

const REREAD_MS = 2_000

export function useCalled(view: RunView): Called {
  const [open, setOpen] = useState<readonly number[]>([])
  const toggle = useCallback(
    (step: number) =>
      setOpen((before) => (before.includes(step) ? before.filter((one) => one !== step) : [...before, step])),
    [],
  )
  const calls = open.flatMap((number) => {
    const run = childOf(view.steps.find((step) => step.number === number)?.output)
    return run ? [{ number, run }] : []
  })
  const logs = useQueries({
    queries: calls.map(({ run }) => ({
      ...runAndLogQuery(run),
      select: stepsOf,
      refetchInterval: hasEnded(view.state) ? (false as const) : REREAD_MS,
    })),
    combine: (results) => results.map(({ data }) => data),
  })
  const steps = useMemo(
    () => new Map(calls.map(({ number, run }, at) => [number, { run, steps: logs[at] ?? [] }])),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what was unfolded, and what came of it
    [open, logs],
  )
  return useMemo(() => ({ steps, toggle }), [steps, toggle])
}

const stepsOf = ({ run, events }: { run: Run; events: RunEvent[] }) => replay(run, events).steps

export function rowsOf(steps: Step[], called: Called): Row[] {
  return steps.flatMap((step): Row[] => {
    const inner = called.steps.get(step.number)
    const own = {
      key: String(step.number),
      step,
      leadsTo: step.kind === 'agent' && !!childOf(step.output),
      isOpen: !!inner,
    }
    const below = (inner?.steps ?? []).map((one) => ({
      key: `${step.number}/${one.number}`,
      step: one,
      run: inner!.run,
      leadsTo: false,
      isOpen: false,
    }))
    return [own, ...below]
  })
}
