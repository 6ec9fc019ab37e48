import { Menu } from '@base-ui/react/menu'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { changeThread, deleteThread, readThread, threadChanged, type ThreadChange } from '#/api/threads'
import type { Thread } from '#/api/types'
import { Button } from '#/ui/Button'
import { writeClipboard } from '#/ui/clipboard'
import { Confirm, Dialog } from '#/ui/Dialog'
import { download } from '#/ui/download'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import { toasts } from '#/ui/toasts'
import { asJson, asMarkdown, fileName } from './exported'

type Props = { thread: Thread; chosen: boolean; className?: string }
type Asking = 'name' | 'delete'

/** What can be done with a thread. */
export function ThreadMenu({ thread, chosen, className }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking>()
  const change = useMutation({
    mutationFn: (what: ThreadChange) => changeThread(thread.id, what),
    onSuccess: () => threadChanged(queries, thread.id),
  })
  const destroy = useMutation({
    mutationFn: () => deleteThread(thread.id),
    onSuccess: () => {
      void threadChanged(queries, thread.id, true)
      toasts.done('Thread deleted')
      if (chosen) void navigate({ to: '/threads' })
    },
  })
  const save = useMutation({
    mutationFn: async (ending: 'md' | 'json') => {
      const turns = await readThread(thread.id)
      const text = ending === 'md' ? asMarkdown(thread, turns) : asJson(thread, turns)
      download(fileName(thread.title, ending), text, ending === 'md' ? 'text/markdown' : 'application/json')
    },
  })
  // The address without the branch of the page that it is opened from: whoever reads in this tenant can open it.
  const share = () =>
    void writeClipboard(new URL(thread.id, new URL('.', addressOf(location.href))).href).then(() =>
      toasts.done('Link copied. Everyone in this tenant can open it'),
    )
  const title = thread.title || 'Untitled'
  const does: [says: string, act: () => void][] = [
    ['Rename…', () => setAsking('name')],
    [thread.pinned ? 'Unpin' : 'Pin', () => change.mutate({ pinned: !thread.pinned })],
    [thread.archived ? 'Unarchive' : 'Archive', () => change.mutate({ archived: !thread.archived })],
    ['Copy link', share],
    ['Export as Markdown', () => save.mutate('md')],
    ['Export as JSON', () => save.mutate('json')],
    ['Delete…', () => setAsking('delete')],
  ]
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger aria-label={`Options of ${title}`} render={<Button kind="bare icon" className={className} />}>
          <Icon name="more" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="floats" sideOffset={4} align="end">
            <Menu.Popup className="menu over">
              {does.map(([says, act]) => (
                <Menu.Item key={says} onClick={act}>
                  {says}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {asking === 'name' && (
        <Rename
          title={thread.title}
          onSave={(next) => {
            change.mutate({ title: next })
            setAsking(undefined)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      <Confirm
        open={asking === 'delete'}
        onClose={() => setAsking(undefined)}
        title={`Delete “${title.slice(0, 60)}”?`}
        says="All its messages, runs, approvals and feedback are deleted for everybody in this tenant. This can't be undone."
        action="Delete thread"
        onYes={() => {
          setAsking(undefined)
          destroy.mutate()
        }}
      />
    </>
  )
}

/** Where the list of threads is, whatever is open. */
const addressOf = (href: string) => href.replace(/\/threads(\/.*)?$|\/threads\?.*$/, '/threads/')

type RenameProps = { title: string; onSave: (title: string) => void; onClose: () => void }

function Rename({ title, onSave, onClose }: RenameProps) {
  const id = useId()
  const [name, setName] = useState(title)
  return (
    <Dialog open onClose={onClose} title="Rename thread">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onSave(name.trim())
        }}
      >
        <Field>
          <label htmlFor={id}>
            Name <span className="small">empty: the first message</span>
          </label>
          <input
            id={id}
            className="input"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <div className="buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="go" type="submit" blocked={name.trim() === title.trim() && 'No changes'}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
