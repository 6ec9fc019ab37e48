import { Link } from '@tanstack/react-router'
import { useFeed, type RunFeed } from '#/runs/feed'
import { stateWord, StateMark } from '#/runs/StateMark'
import { blocksOf } from '#/runs/steps'
import { costOf, usageOf, type RunView } from '#/runs/view'
import { Button } from '#/ui/Button'
import { Copy } from '#/ui/Copy'
import { clockTime, count, duration, money } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Markdown } from '#/ui/Markdown'
import { Problem } from '#/ui/Problem'
import { useNow } from '#/ui/Time'
import { ToolCalls } from './ToolCalls'

type Props = { feed: RunFeed; onRetry?: (text: string, agent: string) => void }

/** One run of a thread: what was asked, what was done, what was answered. */
export function Turn({ feed, onRetry }: Props) {
  const { view } = useFeed(feed)
  const asked = view.input.findLast((message) => message.role === 'user')?.content ?? ''
  const blocks = blocksOf(view)
  const ended = view.endedAt !== null
  return (
    <article className="turn" aria-label={asked.slice(0, 80)}>
      <h2 className="hidden">Asked at {clockTime(view.createdAt)}</h2>
      <div className="say">
        <span className="hidden">You said: </span>
        {asked}
      </div>
      {blocks.map((block) =>
        block.kind === 'text' ? (
          <div key={block.key} className="answer">
            <Markdown text={block.text} streaming={block.live && !ended} />
          </div>
        ) : (
          <ToolCalls key={block.key} calls={block.calls} />
        ),
      )}
      <CarriedOn view={view} />
      {!ended && <Progress view={view} quiet={blocks.some((block) => block.kind === 'text' && block.live)} />}
      {view.error && <Problem says={{ title: view.error.message, hint: view.error.hint }} />}
      {view.state === 'cancelled' && (
        <p className="note">
          <StateMark state="cancelled" word={false} />
          Stopped. What was done until then is on record.
        </p>
      )}
      {ended && <Facts view={view} onRetry={onRetry && (() => onRetry(asked, view.agent))} />}
    </article>
  )
}

function Progress({ view, quiet }: { view: RunView; quiet: boolean }) {
  const until = view.waiting?.until
  const now = useNow(until ? 1000 : 0)
  if (view.state === 'waiting') {
    const left = until ? Date.parse(until) - now : null
    const why =
      view.waiting?.reason === 'outcome_unknown' ? 'for a person: the outcome of a step is unknown' : 'for its timer'
    return (
      <p className="note">
        <StateMark state="waiting" />
        {why}
        {left !== null && left > 0 && `, ${duration(Math.ceil(left / 1000) * 1000)} to go`}
      </p>
    )
  }
  if (quiet) return null
  return (
    <p className="note">
      <StateMark state={view.state} word={false} />
      {view.state === 'queued' ? 'Queued' : 'Working'}
    </p>
  )
}

/** A replica was lost and another went on: worth a line, because nothing else shows it. */
function CarriedOn({ view }: { view: RunView }) {
  const takeovers = view.owners.filter((owner) => owner.reason === 'takeover')
  return takeovers.map((owner) => (
    <p className="note carried" key={owner.epoch}>
      Replica lost; carried on by <span className="mono">{owner.replica}</span> at {clockTime(owner.at)}
    </p>
  ))
}

function Facts({ view, onRetry }: { view: RunView; onRetry?: () => void }) {
  const model = view.steps.findLast((step) => step.model !== null)?.model
  const usage = usageOf(view)
  const cost = costOf(view)
  const answer = view.output ?? ''
  const tokens = usage.inputTokens + usage.outputTokens
  return (
    <footer className="facts-line">
      {model && (
        <span title={`${model.alias} → ${model.provider}/${model.name}`}>
          {model.alias} → {model.name}
        </span>
      )}
      {model?.demo && <span className="tag brass">DEMO</span>}
      <span
        title={`${count(usage.inputTokens)} in (${count(usage.cachedTokens)} cached), ${count(usage.outputTokens)} out`}
      >
        {count(tokens)} tokens
      </span>
      <span>{cost ? money(cost) : 'cost unknown'}</span>
      <span>{duration(Date.parse(view.endedAt!) - Date.parse(view.createdAt))}</span>
      <span className="actions">
        {answer && <Copy text={answer} label="Copy answer" words />}
        {onRetry && (
          <Button kind="bare" onClick={onRetry}>
            <Icon name="retry" />
            Retry
          </Button>
        )}
        <Link
          to="/runs/$run"
          params={{ run: view.id }}
          className="button bare"
          aria-label={`Details of this run, ${stateWord(view.state)}`}
        >
          Details
        </Link>
      </span>
    </footer>
  )
}
