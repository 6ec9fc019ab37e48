import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { hasEnded } from '#/api/runCan'
import { runInStateQuery } from '#/api/runs'
import type { Run, RunEvent, Step } from '#/api/types'
import { Asked } from '#/approvals/Asked'
import { openAsks } from '#/events/asks'
import { useFeed, useFeeds } from '#/events/feed'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Copy } from '#/ui/Copy'
import { Sheet } from '#/ui/Dialog'
import { clockTime, exact, shortId } from '#/ui/format'
import { Bones, Page } from '#/ui/Page'
import { useNarrow } from '#/ui/screen'
import { Sections } from '#/ui/Sections'
import { Beside, Over, Split } from '#/ui/Split'
import { Tag } from '#/ui/Tag'
import { useNow } from '#/ui/Time'
import { useCalled } from './called'
import { Failure } from './Failure'
import { Inspector } from './Inspector'
import { Lineage } from './Lineage'
import { LogTable } from './LogTable'
import { Overview } from './Overview'
import { RawJson } from './RawJson'
import { RunActions } from './RunActions'
import { RunFacts } from './RunFacts'
import { RunLimits } from './RunLimits'
import type { RunSection } from './search'
import { StepTable } from './StepTable'
import { Waterfall } from './Waterfall'
import { Why } from './Why'
import './run-details.css'

// Workflows have states; agents have none, and do without what draws them.
const RunGraph = lazy(() => import('./RunGraph').then((module) => ({ default: module.RunGraph })))

const sections: { name: RunSection; label: string }[] = [
  { name: 'graph', label: 'Graph' },
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
  const called = useCalled(view)
  const isWorkflow = run.program?.kind === 'workflow'
  const usual: RunSection = isWorkflow ? 'graph' : 'waterfall'
  const { show = usual, step: wanted } = useSearch({ from: '/shell/runs/$run' })
  const navigate = useNavigate({ from: '/runs/$run' })
  const narrow = useNarrow(900)
  const now = useNow(hasEnded(view.state) ? 0 : 250)
  const pick = (step?: number) => void navigate({ search: (search) => ({ ...search, step }), replace: true })
  const chosen = chosenOf(view, wanted, asks[0], narrow)
  const status = statusOf({ ...view, paused: run.paused })
  const asked = view.input.findLast((message) => message.role === 'user')?.content ?? shortId(view.id)
  return (
    <Page
      name={asked.slice(0, 60)}
      crumb={
        <>
          <Link to="/runs">Runs</Link> / <span className="mono">{shortId(view.id)}</span>{' '}
          <Copy text={view.id} label="Copy the run's id" />
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
      <RunFacts view={view} stopped={run.stoppedMidway ?? null} status={status} now={now} />
      <RunLimits limits={run.limits} />
      {view.error && (
        <div className="run-error">
          <Failure error={view.error} agent={view.agent} code />
          <Why run={view.id} />
        </div>
      )}
      <Sections label="Views of the run">
        {sections
          .filter(({ name }) => isWorkflow || name !== 'graph')
          .map(({ name, label }) => (
            <Link
              key={name}
              from="/runs/$run"
              search={(search) => ({ ...search, show: name === usual ? undefined : name })}
              activeOptions={{ explicitUndefined: true }}
              replace
            >
              {label}
            </Link>
          ))}
      </Sections>
      <Split one={narrow || show === 'json' || show === 'log'}>
        {show === 'graph' && (
          <Suspense fallback={<Bones />}>
            <RunGraph view={view} narrow={narrow} chosen={chosen?.number} onPick={pick} />
          </Suspense>
        )}
        {show === 'waterfall' && (
          <Waterfall view={view} now={now} chosen={chosen?.number} called={called} onPick={pick} />
        )}
        {show === 'table' && <StepTable view={view} now={now} chosen={chosen?.number} onPick={pick} />}
        {show === 'log' && <LogTable run={view.id} seq={view.seq} />}
        {show === 'json' && <RawJson run={view.id} state={view.state} />}
        {!narrow && show !== 'json' && show !== 'log' && (
          <Beside label="Step">
            {chosen ? (
              <>
                {wanted !== undefined && (
                  <Button kind="bare" className="to-overview" onClick={() => pick(0)}>
                    Overview of the run
                  </Button>
                )}
                {asks.includes(chosen) && <Asked step={chosen} view={view} />}
                <Inspector step={chosen} view={view} now={now} />
              </>
            ) : (
              <Overview view={view} />
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

/** Without a step in the address: what waits for a person, else what failed; else the overview of the run, step 0. */
function chosenOf(view: RunView, wanted: number | undefined, ask: Step | undefined, narrow: boolean): Step | undefined {
  if (wanted !== undefined) return view.steps.find((step) => step.number === wanted)
  if (narrow) return undefined
  const failed = view.state === 'failed' ? view.steps.findLast((step) => step.state === 'failed') : undefined
  return ask ?? failed
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
      {run.program?.kind === 'workflow' || view.agent.includes('/') ? (
        <Link to="/workflows/$name" params={{ name: view.agent.split('/')[0]! }}>
          {view.agent}
        </Link>
      ) : (
        <Link to="/agents/$name" params={{ name: view.agent }}>
          {view.agent}
        </Link>
      )}
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
