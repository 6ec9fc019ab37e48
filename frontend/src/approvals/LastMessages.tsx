import { useQuery } from '@tanstack/react-query'
import { lastTurnsQuery } from '#/api/threads'
import type { Approval } from '#/api/types'
import { messagesOf } from './messages'
import './last-messages.css'

/** What was said before the run asked: whoever decides sees what it is for. */
export function LastMessages({ approval }: { approval: Approval }) {
  const { data } = useQuery(lastTurnsQuery(approval.thread))
  const messages = messagesOf(data?.data ?? [], approval.run)
  if (messages.length === 0) return approval.request ? <p className="small">For: {approval.request}</p> : null
  return (
    <section className="last-messages" aria-label="Last messages">
      {messages.map(({ key, who, text }) => (
        <p key={key}>
          <b>{who}</b> {text}
        </p>
      ))}
    </section>
  )
}
