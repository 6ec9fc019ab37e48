import type { Run } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import type { RunStatus } from '#/events/status'
import { costOf, usageOf, type RunView } from '#/events/view'
import { count, duration } from '#/ui/format'
import { costFact } from './cost'
import './run-facts.css'

type Props = { view: RunView; stopped: Run['stoppedMidway']; status: RunStatus; now: number }

/** The figures of a run, from its log; what a stopped call may have cost is the server's word. */
export function RunFacts({ view, stopped, status, now }: Props) {
  const usage = usageOf(view)
  const cost = costOf(view)
  const end = view.endedAt ? Date.parse(view.endedAt) : now
  const demo = view.steps.some((step) => step.model?.provider === 'demo')
  const owner = view.owners.at(-1)
  const moves = view.owners.filter(({ reason }) => reason === 'takeover').length
  return (
    <dl className="facts">
      <div>
        <dt>State</dt>
        <dd>
          <StateMark state={status} />
        </dd>
      </div>
      <Fact name="Steps" says={count(view.steps.length)} />
      <Fact name="Duration" says={duration(Math.max(0, end - Date.parse(view.createdAt)))} />
      <Fact
        name="Tokens in"
        says={count(usage.inputTokens)}
        note={usage.cachedTokens ? `${count(usage.cachedTokens)} cached` : undefined}
      />
      <Fact
        name="Tokens out"
        says={count(usage.outputTokens)}
        note={view.truncated ? 'cut off at the limit' : undefined}
      />
      <Fact name="Cost" {...costFact(cost, stopped, demo)} />
      {owner && <Fact name="Replica" says={owner.replica} note={moves > 0 ? `moved ${times(moves)}` : undefined} />}
    </dl>
  )
}

const times = (many: number) => (many === 1 ? 'once' : many === 2 ? 'twice' : `${many} times`)

function Fact({ name, says, note }: { name: string; says: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="cut" title={says}>
        {says} {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
