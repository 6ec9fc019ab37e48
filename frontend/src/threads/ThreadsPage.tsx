import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useNarrow } from '#/ui/screen'
import { Conversation } from './Conversation'
import { ThreadList } from './ThreadList'
import './threads-page.css'

const ThreadSheet = lazy(() => import('./ThreadSheet').then((module) => ({ default: module.ThreadSheet })))

export function ThreadsPage() {
  const { thread } = useParams({ strict: false })
  const narrow = useNarrow(900)
  // Not there before it was opened once.
  const [list, setList] = useState<'unseen' | 'open' | 'closed'>('unseen')
  const close = () => setList('closed')
  return (
    <div className="threads-page">
      {!narrow && <ThreadList chosen={thread} />}
      {narrow && list !== 'unseen' && (
        <Suspense>
          <ThreadSheet open={list === 'open'} onClose={close}>
            <ThreadList chosen={thread} onGo={close} />
          </ThreadSheet>
        </Suspense>
      )}
      <Conversation key={thread ?? 'new'} thread={thread} onList={narrow ? () => setList('open') : undefined} />
    </div>
  )
}
