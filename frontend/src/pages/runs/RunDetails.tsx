import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { hasEnded, runCan } from '#/api/can'
import { post } from '#/api/client'
import type { Run, RunEvent } from '#/api/types'
import { api } from '#/paths'
import type { RunSection } from '#/routes'
import { useFeed, useFeeds } from '#/runs/feed'
import { StateMark, stateWord } from '#/runs/StateMark'
import type { RunView } from '#/runs/view'
import { Button } from '#/ui/Button'
import { Confirm, Sheet } from '#/ui/Dialog'
import { clockTime, exact, shortId } from '#/ui/format'
import { Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { useNarrow } from '#/ui/screen'
import { useNow } from '#/ui/Time'
import { Inspector } from './Inspector'
import { RunFacts } from './RunFacts'
import { LogTable, RawJson, StepTable } from './twins'
import { Waterfall } from './Waterfall'

const sections: { name: RunSection; label: string }[] = [
  { name: 'waterfall', label: 'Waterfall' },
  { name: 'table', label: 'Table' },
  { name: 'log', label: 'Log' },
  { name: 'json', label: 'Raw JSON' },
]

export function RunDetails({ run, events }: { run: Run; events: RunEvent[] }) {
  const [feed] = useFeeds([{ run, events }])
  const { view, connection } = useFeed(feed!)
  const { show = 'waterfall', step: wanted } = useSearch({ from: '/shell/runs/$run' })
  const navigate = useNavigate({ from: '/runs/$run' })
  const narrow = useNarrow(900)
  const now = useNow(hasEnded(view.state) ? 0 : 250)
  const pick = (step?: number) => void navigate({ search: (search) => ({ ...search, step }), replace: true })
  const chosen = view.steps.find((step) => step.number === wanted) ?? (narrow ? undefined : view.steps.at(-1))
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
          <StateMark state={view.state} word={false} />
          <span>{asked.length > 90 ? `${asked.slice(0, 88)}…` : asked}</span>
        </>
      }
      about={<About view={view} />}
      actions={
        <>
          {connection === 'reconnecting' && <span className="tag brass">Reconnecting…</span>}
          <Link to="/threads/$thread" params={{ thread: view.thread }} className="button">
            Thread
          </Link>
          <CancelRun view={view} />
        </>
      }
    >
      <RunFacts view={view} now={now} />
      {view.error && (
        <div className="run-error">
          <Problem says={{ title: view.error.message, detail: view.error.code, hint: view.error.hint }} />
        </div>
      )}
      <nav className="sections" aria-label="Ways to look at the run">
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
      </nav>
      <div className={narrow || show === 'json' || show === 'log' ? 'split one' : 'split'}>
        {show === 'waterfall' && <Waterfall view={view} now={now} chosen={chosen?.number} onPick={pick} />}
        {show === 'table' && <StepTable view={view} now={now} chosen={chosen?.number} onPick={pick} />}
        {show === 'log' && <LogTable run={view.id} seq={view.seq} />}
        {show === 'json' && <RawJson run={view.id} state={view.state} />}
        {!narrow && show !== 'json' && show !== 'log' && (
          <section className="inspector" aria-label="Step" tabIndex={0}>
            {chosen ? (
              <Inspector step={chosen} view={view} now={now} />
            ) : (
              <p className="small">Steps appear here as the run takes them.</p>
            )}
          </section>
        )}
      </div>
      {narrow && (
        <Sheet open={chosen !== undefined} onClose={() => pick(undefined)} title="Step" from="bottom">
          <div className="inspector">{chosen && <Inspector step={chosen} view={view} now={now} />}</div>
        </Sheet>
      )}
    </Page>
  )
}

function About({ view }: { view: RunView }) {
  const takeovers = view.owners.filter((owner) => owner.reason === 'takeover')
  return (
    <>
      <Link to="/agents/$name" params={{ name: view.agent }}>
        {view.agent}
      </Link>
      , revision {view.revision} · started {exact(view.createdAt)}
      {takeovers.map((owner) => (
        <span key={owner.epoch}>
          {' '}
          · carried on by {owner.replica} at {clockTime(owner.at)}
        </span>
      ))}
    </>
  )
}

function CancelRun({ view }: { view: RunView }) {
  const [asking, setAsking] = useState(false)
  const cancel = useMutation({ mutationFn: () => post<Run>(api.cancelRun(view.id)) })
  if (!runCan.cancel(view.state)) return null
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={cancel.isPending || cancel.isSuccess}>
        {cancel.isSuccess ? 'Cancelling…' : 'Cancel'}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel this run?"
        says={`It is ${stateWord(view.state)}. Committed steps stay on record; nothing more is begun.`}
        action="Cancel the run"
        onYes={() => {
          setAsking(false)
          cancel.mutate()
        }}
      />
    </>
  )
}
