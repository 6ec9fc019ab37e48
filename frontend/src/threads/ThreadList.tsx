import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { inWords } from '#/api/errors'
import { each } from '#/api/pages'
import { threadQuery, threadsQuery } from '#/api/threads'
import type { Thread } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import { groupsOf, type Group } from './groups'
import './thread-list.css'

/** Loaded when there is a thread to do something with. */
const ThreadMenu = lazy(() => import('./ThreadMenu').then((module) => ({ default: module.ThreadMenu })))

const FoundThreads = lazy(() => import('./FoundThreads').then((module) => ({ default: module.FoundThreads })))

type Props = { chosen?: string; onGo?: () => void }

export function ThreadList({ chosen, onGo }: Props) {
  const [shown, setShown] = useState<'usual' | 'archived'>('usual')
  const [words, setWords] = useState('')
  const looking = useDeferredValue(words.trim())
  return (
    <aside className="thread-list" aria-label="Threads" tabIndex={0}>
      <header>
        <h2>{shown === 'usual' ? 'Threads' : 'Archived'}</h2>
        <ButtonLink to="/threads" onClick={onGo} activeOptions={{ exact: true, includeSearch: false }}>
          <Icon name="plus" />
          New
        </ButtonLink>
      </header>
      <input
        type="search"
        className="input"
        aria-label="Search threads"
        placeholder="Search threads"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {looking.length > 1 ? (
        <Suspense fallback={<Bones />}>
          <FoundThreads words={looking} chosen={chosen} onGo={onGo} />
        </Suspense>
      ) : (
        <Listed key={shown} shown={shown} chosen={chosen} onGo={onGo} />
      )}
      <footer>
        <Button kind="bare" onClick={() => setShown(shown === 'usual' ? 'archived' : 'usual')}>
          {shown === 'usual' ? 'Archived threads' : 'Back to threads'}
        </Button>
      </footer>
    </aside>
  )
}

function Listed({ shown, chosen, onGo }: Props & { shown: 'usual' | 'archived' }) {
  const found = useInfiniteQuery({ ...threadsQuery(shown), refetchInterval: each(10_000) })
  const pinned = useInfiniteQuery({ ...threadsQuery('pinned'), enabled: shown === 'usual', refetchInterval: 30_000 })
  const { data: open } = useQuery({ ...threadQuery(chosen ?? ''), enabled: chosen !== undefined })
  const { data, error } = found
  const threads = data?.pages.flatMap((page) => page.data)
  const kept = pinned.data?.pages.flatMap((page) => page.data) ?? []
  const others = threads?.filter((thread) => !kept.some(({ id }) => id === thread.id)) ?? []
  const isShown = !open || [...kept, ...others].some(({ id }) => id === open.id)
  const groups: Group[] = [
    ...(kept.length > 0 ? [{ name: 'Pinned', threads: kept }] : []),
    // What is read stands in the list, however far down it would be.
    ...(!isShown && threads ? [{ name: open.archived ? 'Open, archived' : 'Open', threads: [open] }] : []),
    ...groupsOf(others),
  ]
  return (
    <>
      {error && !data && <Problem says={inWords(error)} />}
      {!threads && !error && <Bones />}
      {threads?.length === 0 && kept.length === 0 && (
        <p className="small">{shown === 'usual' ? 'Your conversations appear here.' : 'No archived threads'}</p>
      )}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h3 className="label">{group.name}</h3>
          <ul>
            {group.threads.map((thread) => (
              <Row key={thread.id} thread={thread} isChosen={thread.id === chosen} onGo={onGo} />
            ))}
          </ul>
        </section>
      ))}
      <More of={found} />
    </>
  )
}

function Row({ thread, isChosen, onGo }: { thread: Thread; isChosen: boolean; onGo?: () => void }) {
  // Forty menus are not made for the one that may be opened.
  const [near, setNear] = useState(false)
  const come = () => setNear(true)
  return (
    <li>
      <Link
        onPointerEnter={come}
        onFocus={come}
        to="/threads/$thread"
        params={{ thread: thread.id }}
        aria-current={isChosen ? 'page' : undefined}
        onClick={onGo}
      >
        <b className="cut">{thread.title || 'Untitled'}</b>
        <ThreadState thread={thread} />
      </Link>
      {near && (
        <Suspense>
          <ThreadMenu thread={thread} chosen={isChosen} className="options" />
        </Suspense>
      )}
    </li>
  )
}

/** A state is worth its mark only while something goes on or went wrong; otherwise the time says more. */
function ThreadState({ thread }: { thread: Thread }) {
  const asks = thread.lastRun?.waiting === 'approval' || thread.lastRun?.waiting === 'outcome_unknown'
  const state = asks ? 'asking' : thread.lastRun?.state
  const quiet = !state || state === 'succeeded' || state === 'cancelled'
  return (
    <small>
      {quiet ? <Time at={thread.updatedAt} /> : <StateMark state={state} />}
      <span className="cut">· {thread.agent}</span>
    </small>
  )
}
