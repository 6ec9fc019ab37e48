import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { hasEnded } from '#/api/runCan'
import { inWords } from '#/api/errors'
import { statesQuery } from '#/api/workflows'
import type { RunView } from '#/events/view'
import { Graph } from '#/graph/Graph'
import { allStates, readMachine } from '#/graph/model'
import { progressOf } from '#/graph/progress'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import './run-graph.css'

type Props = { view: RunView; narrow: boolean; chosen: number | undefined; onPick: (step: number | undefined) => void }

/** The states of the workflow that a run follows, with how far it is; a state leads to its newest step. */
export function RunGraph({ view, narrow, chosen, onPick }: Props) {
  const states = useQuery(statesQuery(view.agent, view.revision))
  const machine = useMemo(() => (states.data ? readMachine(states.data.yaml) : null), [states.data])
  const ended = hasEnded(view.state)
  const progress = useMemo(
    () => (machine ? progressOf(machine, view.steps, ended) : undefined),
    [machine, view.steps, ended],
  )
  if (states.error) return <Problem says={inWords(states.error)} />
  if (!machine || !progress) return <Bones />
  const state = allStates(machine).findLast(
    ({ id }) => chosen !== undefined && progress.get(id)?.steps.includes(chosen),
  )
  return (
    <section className="run-graph" aria-label="Graph of the run">
      <Graph
        label="States of the run"
        machine={machine}
        narrow={narrow}
        chosen={state?.id}
        progress={progress}
        onPick={(id) => onPick(progress.get(id)?.steps.at(-1))}
      />
    </section>
  )
}
