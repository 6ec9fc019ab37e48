import { lazy, Suspense, type ReactNode } from 'react'
import { cancelRun, resumeRun } from '#/api/runs'
import { useFeed, type RunFeed } from '#/events/feed'
import { stateWord, StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import { blocksOf } from '#/events/steps'
import { costOf, usageOf, type RunView } from '#/events/view'
import { useControl } from '#/runs/control'
import { Failure } from '#/runs/Failure'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Value } from '#/ui/Code'
import { Copy } from '#/ui/Copy'
import { clockTime, count, duration, money, timeLeft } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Mark } from '#/ui/Mark'
import { Markdown } from '#/ui/Markdown'
import { Note } from '#/ui/Note'
import { Tag } from '#/ui/Tag'
import { useNow } from '#/ui/Time'
import type { Fork } from './places'
import { Said } from './Said'
import { ToolCalls } from './ToolCalls'
import './turn.css'

/** Only few threads wait for a person; the others need not load the forms. */
const Asked = lazy(() => import('#/approvals/Asked').then((module) => ({ default: module.Asked })))
const AskedMany = lazy(() => import('#/approvals/AskedMany').then((module) => ({ default: module.AskedMany })))
/** More questions than this share one card. */
const FEW_ASKS = 3

const Rating = lazy(() => import('./Rating').then((module) => ({ default: module.Rating })))

/** Only answers with marks have any. */
const Sources = lazy(() => import('#/collections/Sources').then((module) => ({ default: module.Sources })))
const MARK = /\[\d+\]/

type Props = {
  feed: RunFeed
  /** Whether another agent answered the turn before. */
  namesAgent: boolean
  /** Which attempt at this turn is shown. */
  attempts: ReactNode
  fork: Fork
  onRetry?: () => void
}

/** One run of a thread: what was asked, what was done, what was answered. */
export function Turn({ feed, namesAgent, attempts, fork, onRetry }: Props) {
  const { view } = useFeed(feed)
  const said = view.input.findLast((message) => message.role === 'user')
  const asked = said?.content ?? ''
  const blocks = blocksOf(view)
  const ended = view.endedAt !== null
  return (
    <article className="turn" aria-label={asked.slice(0, 80)}>
      <h2 className="hidden">Asked at {clockTime(view.createdAt)}</h2>
      <Said view={view} text={asked} images={said?.images ?? []} fork={fork} />
      {namesAgent && <p className="by">{view.agent}</p>}
      {blocks.map((block) => {
        switch (block.kind) {
          case 'text':
            return (
              <div key={block.key} className="answer">
                {block.text.trim() === view.output && view.structured !== null ? (
                  <Value value={view.structured} label="Answer" />
                ) : (
                  <Markdown text={block.text} streaming={block.live && !ended} />
                )}
              </div>
            )
          case 'thoughts':
            return (
              <details key={block.key} className="thoughts">
                <summary>Thoughts</summary>
                <Markdown text={block.text} streaming={false} />
              </details>
            )
          case 'calls':
            return <ToolCalls key={block.key} calls={block.calls} />
          case 'asks':
            return (
              <Suspense key={block.key}>
                {block.steps.length > FEW_ASKS ? (
                  <AskedMany view={view} many={block.steps.length} />
                ) : (
                  block.steps.map((step) => <Asked key={step.number} step={step} view={view} />)
                )}
              </Suspense>
            )
        }
      })}
      {ended && MARK.test(view.output ?? '') && (
        <Suspense>
          <Sources run={view.id} />
        </Suspense>
      )}
      <Takeovers view={view} />
      {!ended && <Progress view={view} quiet={blocks.some((block) => block.kind === 'text' && block.live)} />}
      {view.truncated && <Note>The answer was cut off at the model&apos;s token limit</Note>}
      {view.error && <Failure error={view.error} agent={view.agent} />}
      {view.state === 'cancelled' && (
        <Note>
          <StateMark state="cancelled" word={false} />
          Stopped. Completed steps are kept.
        </Note>
      )}
      {ended && <Facts view={view} attempts={attempts} onRetry={onRetry} />}
    </article>
  )
}

function Progress({ view, quiet }: { view: RunView; quiet: boolean }) {
  const until = view.waiting?.reason === 'timer' ? view.waiting.until : null
  const now = useNow(until ? 1000 : 0)
  const status = statusOf(view)
  if (quiet && status === 'running') return null
  const left = until ? Date.parse(until) - now : 0
  return (
    <Note>
      <Mark name={status} />
      {progressWords(view, status, left)}
      {status === 'behind' && <ControlButton run={view.id} tell={cancelRun} says="Cancel" />}
      {status === 'paused' && <ControlButton run={view.id} tell={resumeRun} says="Resume" />}
    </Note>
  )
}

type Tell = Parameters<typeof useControl>[1]

/** Tells the run one thing. */
function ControlButton({ run, tell, says }: { run: string; tell: Tell; says: string }) {
  const control = useControl(run, tell)
  return (
    <Button onClick={() => control.mutate()} disabled={control.isPending || control.isSuccess}>
      {says}
    </Button>
  )
}

function progressWords({ waiting }: RunView, status: ReturnType<typeof statusOf>, left: number) {
  switch (status) {
    case 'queued':
      return 'Queued'
    case 'behind':
      return 'Queued, starts after the current answer'
    case 'paused':
      return 'Paused'
    case 'asking':
      return waiting?.reason === 'outcome_unknown' ? "A step's result is unknown" : 'Waiting for approval'
    case 'waiting':
      if (waiting?.reason === 'run') return 'Waiting for a sub-run'
      if (waiting?.reason === 'client') return "Waiting for the client's tool"
      if (waiting?.reason === 'signal') return 'Waiting for a signal'
      return left > 0 ? `Waiting, resumes in ${timeLeft(left)}` : 'Waiting'
    default:
      return 'Working'
  }
}

/** Another replica took the run over: worth a line, because nothing else shows it. */
function Takeovers({ view }: { view: RunView }) {
  const takeovers = view.owners.filter((owner) => owner.reason === 'takeover')
  return takeovers.map((owner) => (
    <Note key={owner.epoch} className="takeover">
      Server restarted, continued on <span className="mono">{owner.replica}</span> at {clockTime(owner.at)}
    </Note>
  ))
}

function Facts({ view, attempts, onRetry }: { view: RunView; attempts: ReactNode; onRetry?: () => void }) {
  const answered = view.steps.findLast((step) => step.model !== null)
  const model = answered?.model
  const usage = usageOf(view)
  const cost = costOf(view)
  const answer = view.output ?? ''
  const tokens = usage.inputTokens + usage.outputTokens
  return (
    <footer className="facts-line">
      {model && (
        <span title={`${answered.name} → ${model.provider}/${model.name}`}>
          {answered.name === model.name ? model.name : `${answered.name} → ${model.name}`}
        </span>
      )}
      {model?.provider === 'demo' && <Tag tone="brass">DEMO</Tag>}
      <span
        title={`${count(usage.inputTokens)} in (${count(usage.cachedTokens)} cached), ${count(usage.outputTokens)} out`}
      >
        {count(tokens)} tokens
      </span>
      <span>{cost ? money(cost) : 'cost unknown'}</span>
      <span>{duration(Date.parse(view.endedAt!) - Date.parse(view.createdAt))}</span>
      {attempts}
      <span className="actions">
        <Suspense>
          <Rating run={view.id} thread={view.thread} />
        </Suspense>
        {answer && <Copy text={answer} label="Copy answer" words />}
        {onRetry && (
          <Button kind="bare" onClick={onRetry}>
            <Icon name="retry" />
            Retry
          </Button>
        )}
        <ButtonLink
          kind="bare"
          to="/runs/$run"
          params={{ run: view.id }}
          aria-label={`Details of this run, ${stateWord(view.state)}`}
        >
          Details
        </ButtonLink>
      </span>
    </footer>
  )
}
