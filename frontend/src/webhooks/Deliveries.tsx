import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inWords } from '#/api/errors'
import type { Delivery } from '#/api/types'
import { deliveriesQuery, refreshWebhook, sendAgain } from '#/api/webhooks'
import { Button } from '#/ui/Button'
import { Value } from '#/ui/Code'
import { plural, shortId } from '#/ui/format'
import { More } from '#/ui/More'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { DeliveryMark } from './DeliveryMark'
import './deliveries.css'

/** What was sent to a webhook, and how it was answered. */
export function Deliveries({ name, blocked }: { name: string; blocked: string | false }) {
  const deliveries = useInfiniteQuery(deliveriesQuery(name))
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: (id: string) => sendAgain(name, id),
    onSuccess: () => toasts.done('Sent again'),
    onSettled: () => refreshWebhook(queries, name),
  })
  const list = deliveries.data?.pages.flatMap(({ data }) => data)
  if (deliveries.error) return <Problem says={inWords(deliveries.error)} />
  if (!list) return <Bones />
  if (list.length === 0) return <p className="small">No deliveries yet. "Send a test" tries the address.</p>
  return (
    <>
      <ul className="deliveries">
        {list.map((delivery) => (
          <li key={delivery.id}>
            <OneDelivery delivery={delivery} />
            <Button
              aria-label={`Send ${delivery.type} of ${shortId(delivery.id)} again`}
              blocked={blocked}
              disabled={again.isPending}
              onClick={() => again.mutate(delivery.id)}
            >
              Send again
            </Button>
          </li>
        ))}
      </ul>
      <More of={deliveries} />
    </>
  )
}

function OneDelivery({ delivery }: { delivery: Delivery }) {
  const { type, run, state, tries, status, reason, createdAt, triedAt, dueAt, body } = delivery
  return (
    <div className="grow">
      <header>
        <b>{type}</b>
        <DeliveryMark state={state} />
        {status !== null && <span>answered {status}</span>}
        {run && (
          <Link to="/runs/$run" params={{ run }}>
            run {shortId(run)}
          </Link>
        )}
      </header>
      <small>
        <Time at={createdAt} /> · {tries === 0 ? 'not tried yet' : plural(tries, 'try', 'tries')}
        {state === 'due' && triedAt !== null && (
          <>
            {' '}
            · next try <Time at={dueAt} />
          </>
        )}
      </small>
      {reason && <p className={state === 'delivered' ? 'small' : 'wrong'}>{reason}</p>}
      <details>
        <summary>Message</summary>
        <Value value={body} label={`Message ${delivery.id}`} />
      </details>
    </div>
  )
}
