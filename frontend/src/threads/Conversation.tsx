import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { agentsQuery } from '#/api/agents'
import { refreshOpenApprovals } from '#/api/approvals'
import { hasStatus, inWords } from '#/api/errors'
import { hasEnded } from '#/api/runCan'
import { refreshThreads, refreshTurns, threadQuery, turnsQuery } from '#/api/threads'
import type { Agent, Thread } from '#/api/types'
import { useAllFeeds, useFeeds } from '#/events/feed'
import { stateWord } from '#/events/StateMark'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { count, money } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones, Empty, useTitle } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { useAsk } from './ask'
import { useBranches, useRetry } from './branches'
import { Composer } from './Composer'
import { Connection } from './Connection'
import { placesOf } from './places'
import { useStickToBottom } from './stick'
import { TurnPlace } from './TurnPlace'
import './conversation.css'

const Greeting = lazy(() => import('./Greeting').then((module) => ({ default: module.Greeting })))
const ThreadMenu = lazy(() => import('./ThreadMenu').then((module) => ({ default: module.ThreadMenu })))

type Props = { thread?: string; onList?: () => void }

/** One thread: its turns, the live one, and the place to write. Without an id it is the thread about to begin. */
export function Conversation({ thread, onList }: Props) {
  const search = useSearch({ strict: false })
  const about = useQuery({ ...threadQuery(thread ?? ''), enabled: !!thread, refetchInterval: 10_000 })
  const past = useInfiniteQuery({ ...turnsQuery(thread ?? ''), enabled: !!thread })
  const runs = useMemo(() => past.data?.pages.flatMap((page) => page.data).toReversed() ?? [], [past.data])
  const feeds = useFeeds(runs)
  const places = useMemo(
    () =>
      placesOf(
        runs.map(({ run }, index) => ({ run, feed: feeds[index]! })),
        ({ run }) => run,
      ),
    [runs, feeds],
  )
  const forkOf = useBranches(past.data)
  const retry = useRetry()
  const last = feeds.at(-1)
  const views = useAllFeeds(feeds)
  const live = views.at(-1)
  // The one that is under way; those behind it wait for its end.
  const under = views.find(({ view }) => view.thread === thread && !hasEnded(view.state))
  const ask = useAsk(thread)
  const { scroller, content, away, jump, earlier } = useStickToBottom(!!thread, past)
  const [picked, setPicked] = useState<string>()
  const { data: agents } = useQuery(agentsQuery)
  const navigate = useNavigate()
  // Where no thread keeps it yet, the address does.
  const pick = (name: string) =>
    thread ? setPicked(name) : void navigate({ to: '/threads', search: { agent: name }, replace: true })
  const agent =
    picked ?? live?.view.agent ?? about.data?.agent ?? search.agent ?? (thread ? undefined : firstOf(agents?.data))
  useTitle(about.data?.title ?? (thread ? 'Thread' : 'Chat'))

  const queries = useQueryClient()
  const states = views.map(({ view }) => view.state).join()
  useEffect(() => {
    // The list beside shows the same state; it need not wait for its next look at the server.
    if (!states) return
    void refreshThreads(queries)
    void refreshOpenApprovals(queries)
  }, [states, queries])

  const newest = about.data?.lastRun?.id
  const isNews = newest !== undefined && past.isSuccess && !feeds.some((feed) => feed.id === newest)
  useEffect(() => {
    // Somebody else, or another tab, has said something here.
    if (isNews) void refreshTurns(queries, thread ?? '')
  }, [isNews, queries, thread])

  if (thread && hasStatus(past.error, 404)) {
    return (
      <Empty alone says="This thread doesn't exist, or belongs to another tenant.">
        <ButtonLink to="/threads">Start a new thread</ButtonLink>
      </Empty>
    )
  }
  const busy = under !== undefined
  return (
    <div className="conversation">
      <header className="top">
        {onList && (
          <Button kind="icon" aria-label="Threads" onClick={onList}>
            <Icon name="list" />
          </Button>
        )}
        <div className="title grow">
          <h1>
            <span className="cut">{thread ? (about.data?.title ?? 'Thread') : 'New thread'}</span>
          </h1>
          {live && (
            <small>
              <Link to="/agents/$name" params={{ name: live.view.agent }}>
                {live.view.agent}
              </Link>
              , revision {live.view.revision}
              {about.data && <Spent thread={about.data} />}
            </small>
          )}
        </div>
        {under && (
          <ButtonLink to="/runs/$run" params={{ run: under.view.id }}>
            Run details
          </ButtonLink>
        )}
        {about.data && (
          <Suspense>
            <ThreadMenu thread={about.data} chosen />
          </Suspense>
        )}
      </header>
      <div
        className="scroll"
        ref={scroller}
        data-content
        tabIndex={0}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={busy}
      >
        <div className="talk" ref={content}>
          <More of={{ ...past, fetchNextPage: earlier }} says="Show earlier messages" />
          {thread && past.isPending && <Bones />}
          {past.error && !past.data && <Problem says={inWords(past.error)} />}
          {!thread && (
            <Suspense>
              <Greeting
                onAsk={(text) => agent !== undefined && ask.mutate({ agent, text })}
                onPick={pick}
                agent={agent}
              />
            </Suspense>
          )}
          {places.map((place, index) => (
            <TurnPlace
              key={place.root}
              attempts={place.attempts}
              before={places[index - 1]?.attempts.at(-1)?.run.agent}
              forkOf={forkOf}
              onRetry={place.attempts.at(-1)?.feed === last && !busy && !retry.isPending ? retry.mutate : undefined}
            />
          ))}
        </div>
      </div>
      <div className="ask">
        {away && feeds.length > 0 && (
          <Button className="jump" onClick={jump}>
            <Icon name="arrow" />
            Jump to latest
          </Button>
        )}
        {under && <Connection connection={under.connection} />}
        <Composer
          key={thread ?? 'new'}
          thread={thread}
          agent={agent}
          onAgent={pick}
          ask={ask}
          running={under?.view}
          onSent={jump}
        />
      </div>
      <Announcement state={live?.view.state} agent={live?.view.agent} />
    </div>
  )
}

/** What all runs of the thread have used. */
function Spent({ thread: { tokens, cost } }: { thread: Thread }) {
  if (!tokens) return null
  return (
    <span title="All runs of this thread, sub-runs included">
      {' '}
      · {cost ? money(cost) : 'cost unknown'} · {count(tokens)} tokens
    </span>
  )
}

/** Whom a new thread talks to until a person says otherwise. */
function firstOf(agents: Agent[] = []): string | undefined {
  const published = agents.filter((agent) => agent.published !== null)
  return (published.find((agent) => agent.name === 'assistant') ?? published[0])?.name
}

type AnnouncementProps = { state?: Parameters<typeof stateWord>[0]; agent?: string }

/** Says a run's end once, in one sentence; never the text as it streams. */
function Announcement({ state, agent }: AnnouncementProps) {
  const [before, setBefore] = useState(state)
  const [says, setSays] = useState('')
  useEffect(() => {
    if (state === before) return
    setBefore(state)
    if (before && state) setSays(state === 'succeeded' ? `${agent} answered` : `Run ${stateWord(state)}`)
  }, [state, before, agent])
  return (
    <p className="hidden" role="status">
      {says}
    </p>
  )
}
