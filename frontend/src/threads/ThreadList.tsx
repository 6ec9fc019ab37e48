import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { openApprovalsQuery } from '#/api/approvals'
import { inWords } from '#/api/errors'
import { threadsQuery } from '#/api/threads'
import type { Thread } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import './thread-list.css'

export function ThreadList({ chosen, onGo }: { chosen?: string; onGo?: () => void }) {
  const found = useInfiniteQuery({
    ...threadsQuery,
    refetchInterval: 10_000,
  })
  const { data, error } = found
  const threads = data?.pages.flatMap((page) => page.data)
  return (
    <aside className="thread-list" aria-label="Threads" tabIndex={0}>
      <header>
        <h2>Threads</h2>
        <ButtonLink to="/threads" onClick={onGo}>
          <Icon name="plus" />
          New
        </ButtonLink>
      </header>
      {error && !data && <Problem says={inWords(error)} />}
      {!threads && !error && <Bones />}
      {threads?.length === 0 && <p className="small">Your conversations appear here.</p>}
      <ul>
        {threads?.map((thread) => (
          <li key={thread.id}>
            <Link
              to="/threads/$thread"
              params={{ thread: thread.id }}
              aria-current={thread.id === chosen ? 'page' : undefined}
              onClick={onGo}
            >
              <b className="cut">{thread.title || 'Untitled'}</b>
              <ThreadState thread={thread} />
            </Link>
          </li>
        ))}
      </ul>
      <More of={found} />
    </aside>
  )
}

/** A state is worth its mark only while something goes on or went wrong; otherwise the time says more. */
function ThreadState({ thread }: { thread: Thread }) {
  const { data: open } = useQuery(openApprovalsQuery)
  const asks = open?.data.some((approval) => approval.thread === thread.id)
  const state = asks ? 'asking' : thread.lastRun?.state
  const quiet = !state || state === 'succeeded' || state === 'cancelled'
  return (
    <small>
      {quiet ? <Time at={thread.updatedAt} /> : <StateMark state={state} />}
      <span className="cut">· {thread.agent}</span>
    </small>
  )
}
