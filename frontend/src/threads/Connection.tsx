import { StateMark } from '#/events/StateMark'
import type { Connection as State } from '#/events/stream'
import './connection.css'

/** A lost connection says so; the run itself does not need this page. */
export function Connection({ connection }: { connection: State }) {
  if (connection === 'refused') {
    return (
      <p className="pill" role="status">
        <b>You can't view this run any more.</b> <span>Reload for details.</span>
      </p>
    )
  }
  if (connection !== 'reconnecting') return null
  return (
    <p className="pill" role="status">
      <StateMark state="running" word={false} />
      <b>Reconnecting…</b>
      <span>The run continues; this page will catch up.</span>
    </p>
  )
}
