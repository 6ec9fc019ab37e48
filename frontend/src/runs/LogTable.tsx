import { useQuery } from '@tanstack/react-query'
import { inWords } from '#/api/errors'
import { runEventsQuery } from '#/api/runs'
import { Code } from '#/ui/Code'
import { clockTime } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Fall } from '#/ui/Split'
import './log-table.css'

/** The log itself, event by event, as the server has it. */
export function LogTable({ run, seq }: { run: string; seq: number }) {
  const log = useQuery({
    ...runEventsQuery(run, seq),
    placeholderData: (before) => before,
  })
  return (
    <Fall label="Log">
      {log.error && <Problem says={inWords(log.error)} />}
      {log.isPending && <Bones />}
      <ol className="log">
        {log.data?.map((event) => (
          <li key={event.seq}>
            <details>
              <summary>
                <span className="seq">{event.seq}</span>
                <code>{event.type}</code>
                <span className="small">{clockTime(event.at)}</span>
              </summary>
              <Code text={JSON.stringify(event.data, null, 2)} label={`Event ${event.seq}`} />
            </details>
          </li>
        ))}
      </ol>
    </Fall>
  )
}
