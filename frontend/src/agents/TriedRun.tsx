import { Link } from '@tanstack/react-router'
import { hasEnded } from '#/api/runCan'
import type { Run } from '#/api/types'
import { useFeed, useFeeds } from '#/events/feed'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import { blocksOf, durationOf, tellingArgument, type Call } from '#/events/steps'
import { costOf, usageOf } from '#/events/view'
import { Value } from '#/ui/Code'
import { count, duration, money } from '#/ui/format'
import { Markdown } from '#/ui/Markdown'
import { Problem } from '#/ui/Problem'
import { useNow } from '#/ui/Time'

/** A try as it goes on: answer and tool calls, what it took and cost. */
export function TriedRun({ run }: { run: Run }) {
  const [feed] = useFeeds([{ run, events: [] }])
  const { view } = useFeed(feed!)
  const ended = hasEnded(view.state)
  const now = useNow(ended ? 0 : 250)
  const cost = costOf(view)
  const usage = usageOf(view)
  const end = view.endedAt ? Date.parse(view.endedAt) : now
  return (
    <div className="tried" aria-live="polite" aria-busy={!ended}>
      <p className="small facts">
        <StateMark state={statusOf(view)} /> · revision {view.revision} · {duration(end - Date.parse(view.createdAt))} ·{' '}
        {count(usage.inputTokens + usage.outputTokens)} tokens · {cost ? money(cost) : 'cost unknown'} ·{' '}
        <Link to="/runs/$run" params={{ run: run.id }}>
          Open run
        </Link>
      </p>
      {view.error && <Problem says={{ title: view.error.message, detail: view.error.code, hint: view.error.hint }} />}
      {blocksOf(view).map((block) => {
        switch (block.kind) {
          case 'text':
            return block.text.trim() === view.output && view.structured !== null ? (
              <Value key={block.key} value={view.structured} label="Answer" />
            ) : (
              <Markdown key={block.key} text={block.text} streaming={block.live && !ended} />
            )
          case 'calls':
            return <Calls key={block.key} calls={block.calls} now={now} />
          case 'asks':
            return (
              <p key={block.key}>
                It asks a person first:{' '}
                <Link to="/runs/$run" params={{ run: run.id }}>
                  answer it on the run&apos;s page
                </Link>
              </p>
            )
        }
      })}
    </div>
  )
}

function Calls({ calls, now }: { calls: Call[]; now: number }) {
  return (
    <ul className="tried-calls">
      {calls.map(({ key, name, arguments: given, step }) => (
        <li key={key}>
          <StateMark state={step?.state ?? 'queued'} word={false} /> <code>{name}</code>{' '}
          <span className="cut">{tellingArgument(given)}</span>
          {step && <small>{duration(durationOf(step, now))}</small>}
        </li>
      ))}
    </ul>
  )
}
