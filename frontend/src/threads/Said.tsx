import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { imageAddress, imageAsData } from '#/api/images'
import { wordsOf } from '#/api/runs'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { Copy } from '#/ui/Copy'
import { Icon } from '#/ui/Icon'
import { Markdown } from '#/ui/Markdown'
import { Arrows } from './Arrows'
import { useEdit } from './branches'
import type { Fork } from './places'
import './said.css'

const EditMessage = lazy(() => import('./EditMessage').then((module) => ({ default: module.EditMessage })))

type Props = { view: RunView; text: string; images: { hash: string }[]; fork: Fork }

/** What a person said, the way to say it in other words, and the branches that did. */
export function Said({ view, text, images, fork }: Props) {
  const [editing, setEditing] = useState(false)
  const navigate = useNavigate()
  const edit = useEdit(fork.at >= 0 ? fork.root : view.id, view.thread)
  const send = async (words: string) => edit.mutate(wordsOf(words, await Promise.all(images.map(dataOf))))
  const go = (to: number) => {
    const way = fork.ways[to]
    if (way) void navigate({ to: '/threads/$thread', params: { thread: way.thread } })
  }
  if (editing) {
    return (
      <Suspense>
        <EditMessage
          text={text}
          busy={edit.isPending}
          onSend={(words) => void send(words)}
          onClose={() => setEditing(false)}
        />
      </Suspense>
    )
  }
  return (
    <div className="said">
      <div className={view.behind ? 'say queued' : 'say'}>
        <span className="hidden">You said: </span>
        {images.length > 0 && (
          <span className="shown">
            {images.map(({ hash }, index) => (
              <a key={hash} href={imageAddress(hash)} target="_blank" rel="noopener noreferrer">
                <img src={imageAddress(hash)} alt={`Attached, ${index + 1} of ${images.length}`} loading="lazy" />
              </a>
            ))}
          </span>
        )}
        {text.includes('```') ? <Markdown text={text} streaming={false} /> : text}
      </div>
      <div className="said-actions">
        <Arrows of="branch" at={fork.at} many={fork.ways.length} onGo={go} />
        <span className="quiet">
          <Copy text={text} label="Copy message" />
          <Button kind="bare icon" aria-label="Edit message" title="Edit message" onClick={() => setEditing(true)}>
            <Icon name="edit" />
          </Button>
        </span>
      </div>
    </div>
  )
}

const dataOf = ({ hash }: { hash: string }) => imageAsData(hash)
