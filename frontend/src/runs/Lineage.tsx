import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { recentRunsQuery } from '#/api/runs'
import type { Origin, Run } from '#/api/types'
import { shortId } from '#/ui/format'

const came: Record<Origin['how'], string> = { retry: 'retry of', fork: 'fork of', replay: 'replay of' }
const led: Record<Origin['how'], string> = { retry: 'retry', fork: 'fork', replay: 'replay' }

/** Where a run came from and what was made of it; links both ways. */
export function Lineage({ run }: { run: Run }) {
  const { data } = useQuery(recentRunsQuery())
  const made = data?.data.filter((other) => other.origin?.run === run.id) ?? []
  const called = data?.data.filter((other) => other.parent?.run === run.id) ?? []
  return (
    <>
      {run.origin && (
        <span>
          {' '}
          · {came[run.origin.how]} <To run={run.origin.run} step={run.origin.step || undefined} />
          {run.origin.step > 0 && ` at step ${run.origin.step}`}
        </span>
      )}
      {run.parent && (
        <span>
          {' '}
          · sub-run of <To run={run.parent.run} step={run.parent.step} />
        </span>
      )}
      {made.map((other) => (
        <span key={other.id}>
          {' '}
          · {led[other.origin!.how]} <To run={other.id} />
        </span>
      ))}
      {called.map((other) => (
        <span key={other.id}>
          {' '}
          · sub-run ({other.agent}) <To run={other.id} />
        </span>
      ))}
    </>
  )
}

function To({ run, step }: { run: string; step?: number }) {
  return (
    <Link to="/runs/$run" params={{ run }} search={{ step }} className="mono">
      {shortId(run)}
    </Link>
  )
}
