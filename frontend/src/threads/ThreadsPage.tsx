import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Sheet } from '#/ui/Dialog'
import { useNarrow } from '#/ui/screen'
import { Conversation } from './Conversation'
import { ThreadList } from './ThreadList'
import './threads-page.css'

export function ThreadsPage() {
  const { thread } = useParams({ strict: false })
  const narrow = useNarrow(900)
  const [listOpen, setListOpen] = useState(false)
  const close = () => setListOpen(false)
  return (
    <div className="threads-page">
      {!narrow && <ThreadList chosen={thread} />}
      {narrow && (
        <Sheet open={listOpen} onClose={close} title="Threads" from="left">
          <ThreadList chosen={thread} onGo={close} />
        </Sheet>
      )}
      <Conversation key={thread ?? 'new'} thread={thread} onList={narrow ? () => setListOpen(true) : undefined} />
    </div>
  )
}
