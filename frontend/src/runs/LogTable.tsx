import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { inWords } from '#/api/errors'
import { runEventsQuery } from '#/api/runs'
import type { RunEvent } from '#/api/types'
import { Button } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { download } from '#/ui/download'
import { exactTime, plural } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Fall } from '#/ui/Split'
import './log-table.css'

/** Long logs are shown part by part. */
const AT_ONCE = 200

/** The log itself, event by event, as the server has it. */
export function LogTable({ run, seq }: { run: string; seq: number }) {
  const [words, setWords] = useState('')
  const [most, setMost] = useState(AT_ONCE)
  const log = useQuery({
    ...runEventsQuery(run, seq),
    placeholderData: (before) => before,
  })
  const found = useMemo(() => matching(log.data ?? [], words), [log.data, words])
  return (
    <Fall label="Log">
      {log.error && <Problem says={inWords(log.error)} />}
      {log.isPending && <Bones />}
      {log.data && (
        <div className="log-bar">
          <input
            type="search"
            className="input"
            aria-label="Filter events"
            placeholder="Type, step, tool or text"
            value={words}
            onChange={(event) => {
              setWords(event.target.value)
              setMost(AT_ONCE)
            }}
          />
          <Button onClick={() => download(`run-${run}.json`, JSON.stringify(log.data, null, 2))}>Download JSON</Button>
        </div>
      )}
      <ol className="log">
        {found.slice(0, most).map((event) => (
          <LogEntry key={event.seq} event={event} />
        ))}
      </ol>
      {found.length > most && (
        <Button onClick={() => setMost(most + AT_ONCE)}>Show {plural(found.length - most, 'more event')}</Button>
      )}
    </Fall>
  )
}

function matching(events: RunEvent[], words: string): RunEvent[] {
  const wanted = words.trim().toLowerCase()
  return wanted ? events.filter((event) => JSON.stringify(event).toLowerCase().includes(wanted)) : events
}

/** What is inside is written when somebody opens it. */
function LogEntry({ event }: { event: RunEvent }) {
  const [open, setOpen] = useState(false)
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span className="seq">{event.seq}</span>
          <code>{event.type}</code>
          <span className="cut">{tellingOf(event)}</span>
          <span className="small">{exactTime(event.at)}</span>
        </summary>
        {open && <Code text={JSON.stringify(event.data, null, 2)} label={`Event ${event.seq}`} />}
      </details>
    </li>
  )
}

/** What tells an event from its neighbours of the same type. */
function tellingOf({ data }: RunEvent): string {
  if ('step' in data && typeof data.step === 'object' && data.step) {
    const { number, name, error } = data.step
    return `${number} · ${name}${error ? ` · ${error.code}` : ''}`
  }
  if ('error' in data && data.error) return data.error.code
  if ('reason' in data && data.reason) return data.reason
  return ''
}
