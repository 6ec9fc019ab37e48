import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { agentsQuery } from '#/api/agents'
import { refreshOpenApprovals } from '#/api/approvals'
import { hasStatus, inWords } from '#/api/errors'
import { hasEnded } from '#/api/runCan'
import { refreshThreads, refreshTurns, threadQuery, turnsQuery } from '#/api/threads'
import type { Agent } from '#/api/types'
import { useAllFeeds, useFeeds } from '#/events/feed'
import { stateWord } from '#/events/StateMark'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones, Empty, useTitle } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { useAsk } from './ask'
import { Composer } from './Composer'
import { Connection } from './Connection'
import { Greeting } from './Greeting'
import { useStickToBottom } from './stick'
import { Turn } from './Turn'
import './conversation.css'

type Props = { thread?: string; onList?: () => void }

/** One thread: its turns, the live one, and the place to write. Without an id it is the thread about to begin. */
export function Conversation({ thread, onList }: Props) {
  const search = useSearch({ strict: false })
  const about = useQuery({ ...threadQuery(thread ?? ''), enabled: !!thread, refetchInterval: 10_000 })
  const past = useInfiniteQuery({ ...turnsQuery(thread ?? ''), enabled: !!thread })
  const runs = past.data?.pages.flatMap((page) => page.data).toReversed() ?? []
  const feeds = useFeeds(runs)
  const last = feeds.at(-1)
  const views = useAllFeeds(feeds)
  const live = views.at(-1)
  // The one that is under way; those behind it wait for its end.
  const under = views.find(({ view }) => !hasEnded(view.state))
  const ask = useAsk(thread)
  const { scroller, content, away, jump } = useStickToBottom(!!thread)
  const [picked, setPicked] = useState<string>()
  const { data: agents } = useQuery(agentsQuery)
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
              {live.view.agent}, revision {live.view.revision}
            </small>
          )}
        </div>
        {last && (
          <ButtonLink to="/runs/$run" params={{ run: last.id }}>
            Run details
          </ButtonLink>
        )}
      </header>
      <div
        className="scroll"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={busy}
      >
        <div className="talk" ref={content}>
          <More of={past} says="Show earlier messages" />
          {thread && past.isPending && <Bones />}
          {past.error && !past.data && <Problem says={inWords(past.error)} />}
          {!thread && (
            <Greeting
              onAsk={(text) => agent !== undefined && ask.mutate({ agent, text })}
              onPick={setPicked}
              agent={agent}
            />
          )}
          {feeds.map((feed) => (
            <Turn
              key={feed.id}
              feed={feed}
              onRetry={feed === last && !busy ? (text, by) => ask.mutate({ agent: by, text }) : undefined}
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
          onAgent={setPicked}
          ask={ask}
          running={under?.view}
          onSent={jump}
        />
      </div>
      <Announcement state={live?.view.state} agent={live?.view.agent} />
    </div>
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
