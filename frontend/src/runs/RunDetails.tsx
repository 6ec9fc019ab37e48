import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { hasEnded } from '#/api/runCan'
import { runInStateQuery } from '#/api/runs'
import type { Run, RunEvent } from '#/api/types'
import { Asked } from '#/approvals/Asked'
import { openAsks } from '#/events/asks'
import { useFeed, useFeeds } from '#/events/feed'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import type { RunView } from '#/events/view'
import { ButtonLink } from '#/ui/ButtonLink'
import { Sheet } from '#/ui/Dialog'
import { clockTime, exact, shortId } from '#/ui/format'
import { Page } from '#/ui/Page'
import { useNarrow } from '#/ui/screen'
import { Sections } from '#/ui/Sections'
import { Beside, Over, Split } from '#/ui/Split'
import { Tag } from '#/ui/Tag'
import { useNow } from '#/ui/Time'
import { Failure } from './Failure'
import { Inspector } from './Inspector'
import { Lineage } from './Lineage'
import { LogTable } from './LogTable'
import { RawJson } from './RawJson'
import { RunActions } from './RunActions'
import { RunFacts } from './RunFacts'
import { RunLimits } from './RunLimits'
import type { RunSection } from './search'
import { StepTable } from './StepTable'
import { Waterfall } from './Waterfall'
import './run-details.css'

const sections: { name: RunSection; label: string }[] = [
  { name: 'waterfall', label: 'Waterfall' },
  { name: 'table', label: 'Table' },
  { name: 'log', label: 'Log' },
  { name: 'json', label: 'Raw JSON' },
]

export function RunDetails({ run: known, events }: { run: Run; events: RunEvent[] }) {
  const [feed] = useFeeds([{ run: known, events }])
  const { view, connection } = useFeed(feed!)
  const run = useLatest(known, view)
  const asks = openAsks(view)
  const { show = 'waterfall', step: wanted } = useSearch({ from: '/shell/runs/$run' })
  const navigate = useNavigate({ from: '/runs/$run' })
  const narrow = useNarrow(900)
  const now = useNow(hasEnded(view.state) ? 0 : 250)
  const pick = (step?: number) => void navigate({ search: (search) => ({ ...search, step }), replace: true })
  const chosen =
    view.steps.find((step) => step.number === wanted) ?? (narrow ? undefined : (asks[0] ?? view.steps.at(-1)))
  const status = statusOf({ ...view, paused: run.paused })
  const asked = view.input.findLast((message) => message.role === 'user')?.content ?? shortId(view.id)
  return (
    <Page
      name={asked.slice(0, 60)}
      crumb={
        <>
          <Link to="/runs">Runs</Link> / <span className="mono">{shortId(view.id)}</span>
        </>
      }
      title={
        <>
          <StateMark state={status} word={false} />
          <span>{asked.length > 90 ? `${asked.slice(0, 88)}…` : asked}</span>
        </>
      }
      about={<About view={view} run={run} />}
      actions={
        <>
          {connection === 'reconnecting' && <Tag tone="brass">Reconnecting…</Tag>}
          <ButtonLink to="/threads/$thread" params={{ thread: view.thread }}>
            Thread
          </ButtonLink>
          <RunActions run={run} view={view} />
        </>
      }
    >
      <RunFacts view={view} status={status} now={now} />
      <RunLimits limits={run.limits} />
      {view.error && (
        <div className="run-error">
          <Failure error={view.error} agent={view.agent} code />
        </div>
      )}
      <Sections label="Views of the run">
        {sections.map(({ name, label }) => (
          <Link
            key={name}
            from="/runs/$run"
            search={(search) => ({ ...search, show: name === 'waterfall' ? undefined : name })}
            activeOptions={{ explicitUndefined: true }}
            replace
          >
            {label}
          </Link>
        ))}
      </Sections>
      <Split one={narrow || show === 'json' || show === 'log'}>
        {show === 'waterfall' && <Waterfall view={view} now={now} chosen={chosen?.number} onPick={pick} />}
        {show === 'table' && <StepTable view={view} now={now} chosen={chosen?.number} onPick={pick} />}
        {show === 'log' && <LogTable run={view.id} seq={view.seq} />}
        {show === 'json' && <RawJson run={view.id} state={view.state} />}
        {!narrow && show !== 'json' && show !== 'log' && (
          <Beside label="Step">
            {chosen ? (
              <>
                {asks.includes(chosen) && <Asked step={chosen} view={view} />}
                <Inspector step={chosen} view={view} now={now} />
              </>
            ) : (
              <p className="small">Steps appear as they run</p>
            )}
          </Beside>
        )}
      </Split>
      {narrow && (
        <Sheet open={chosen !== undefined} onClose={() => pick(undefined)} title="Step" from="bottom">
          <Over>
            {chosen && asks.includes(chosen) && <Asked step={chosen} view={view} />}
            {chosen && <Inspector step={chosen} view={view} now={now} />}
          </Over>
        </Sheet>
      )}
    </Page>
  )
}

/** The log does not say what a run may still spend, or that somebody paused it while it waited. */
function useLatest(known: Run, view: RunView): Run {
  const open = !hasEnded(view.state)
  const { data } = useQuery({
    // Each state is read once more, the last one included.
    ...runInStateQuery(known.id, open ? view.state : 'ended'),
    placeholderData: known,
    refetchInterval: open ? 2_000 : false,
  })
  return data ?? known
}

function About({ view, run }: { view: RunView; run: Run }) {
  const takeovers = view.owners.filter((owner) => owner.reason === 'takeover')
  return (
    <>
      <Link to="/agents/$name" params={{ name: view.agent }}>
        {view.agent}
      </Link>
      , revision {view.revision} · started {exact(view.createdAt)}
      {run.requester && ` by ${run.requester}`}
      {run.user && ` for ${run.user}`}
      <Lineage run={run} />
      {takeovers.map((owner) => (
        <span key={owner.epoch}>
          {' '}
          · continued on {owner.replica} at {clockTime(owner.at)}
        </span>
      ))}
    </>
  )
}
