import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react'
import { agentsQuery } from '#/api/agents'
import { cancelRun, type WhenBusy } from '#/api/runs'
import { denied, sessionQuery } from '#/api/session'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { LazyPicker } from '#/ui/LazyPicker'
import { stored } from '#/ui/stored'
import type { Ask } from './ask'
import { AttachPictures, Pictures, usePictures } from './Pictures'
import './composer.css'

const busyChoices: { value: WhenBusy; label: string; about: string }[] = [
  { value: 'queue', label: 'Send when done', about: 'Sent when the current answer is finished' },
  { value: 'interrupt', label: 'Stop and send now', about: 'Stops the current answer and sends yours' },
]

type Props = {
  thread?: string
  agent?: string
  onAgent: (agent: string) => void
  ask: Ask
  running?: RunView
  onSent: () => void
}

/** Where a person writes. What is typed is kept per thread, also over a reload. */
export function Composer({ thread, agent: chosen, onAgent, ask, running, onSent }: Props) {
  const draftKey = `draft:${thread ?? 'new'}`
  const [text, setText] = useState(() => stored.read(draftKey))
  // Enter was pressed before the agents were known: it counts as soon as they are.
  const [hasty, setHasty] = useState(false)
  const [whenBusy, setWhenBusy] = useState<WhenBusy>(() =>
    stored.read('when-busy') === 'interrupt' ? 'interrupt' : 'queue',
  )
  const area = useRef<HTMLTextAreaElement>(null)
  const pictures = usePictures()
  const { data: session } = useQuery(sessionQuery)
  const denial = denied(session, 'run')
  const { data: agents } = useQuery(agentsQuery)
  const choices = (agents?.data ?? [])
    .filter((one) => one.published !== null)
    .map((one) => ({ value: one.name, label: one.name, about: one.description }))
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) area.current?.focus()
  }, [])

  const write = (next: string) => {
    setText(next)
    stored.write(draftKey, next)
  }
  const send = () => {
    if ((!text.trim() && pictures.list.length === 0) || ask.isPending || denial) return
    if (!chosen) return setHasty(true)
    setHasty(false)
    ask.mutate(
      {
        agent: chosen,
        text: text.trim(),
        images: pictures.list.map(({ data }) => data),
        ...(running ? { whenBusy } : {}),
      },
      {
        onSuccess: () => {
          pictures.clear()
          // Whoever types on while the message is on its way keeps the new text.
          if ((area.current?.value ?? text) === text) write('')
          onSent()
        },
      },
    )
  }
  const sendHasty = useEffectEvent(() => hasty && send())
  useEffect(() => {
    if (chosen) sendHasty()
  }, [chosen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={area}
        rows={2}
        aria-label={`Message ${chosen ?? ''}`}
        placeholder={chosen ? `Message ${chosen}` : 'No published agents yet'}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          if (pictures.add(event.clipboardData.files)) event.preventDefault()
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (pictures.add(event.dataTransfer.files)) event.preventDefault()
        }}
        disabled={!!denial}
      />
      <Pictures of={pictures} />
      {denial && <p className="small">{denial}</p>}
      {ask.isPending && ask.failureCount > 0 && (
        <p className="small" role="status">
          No connection. Your message is sent when the server is back.
        </p>
      )}
      <div className="bar">
        <AttachPictures of={pictures} disabled={!!denial} />
        {chosen && <LazyPicker label="Agent" value={chosen} choices={choices} onPick={onAgent} />}
        <span className="grow" />
        {running && <Stop run={running.id} />}
        {running && text.trim() && (
          <LazyPicker<WhenBusy>
            label="When to send"
            value={whenBusy}
            choices={busyChoices}
            onPick={(choice) => {
              setWhenBusy(choice)
              stored.write('when-busy', choice)
            }}
          />
        )}
        {(!running || text.trim() || pictures.list.length > 0) && (
          <Button
            kind="go"
            type="submit"
            blocked={
              denial ||
              (!chosen
                ? 'No published agents yet'
                : !text.trim() && pictures.list.length === 0 && 'Enter a message, then press Enter')
            }
            disabled={ask.isPending}
          >
            {ask.isPending ? 'Sending…' : !running ? 'Send' : whenBusy === 'queue' ? 'Queue' : 'Interrupt'}
          </Button>
        )}
      </div>
    </form>
  )
}

function Stop({ run }: { run: string }) {
  const cancel = useMutation({ mutationFn: () => cancelRun(run) })
  const stopping = cancel.isPending || cancel.isSuccess
  return (
    <Button onClick={() => cancel.mutate()} disabled={stopping}>
      {stopping ? 'Stopping…' : 'Stop'}
    </Button>
  )
}
