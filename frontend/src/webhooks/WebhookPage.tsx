import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { hasStatus, inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Webhook } from '#/api/types'
import { webhookQuery } from '#/api/webhooks'
import { ButtonLink } from '#/ui/ButtonLink'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import { Deliveries } from './Deliveries'
import { WebhookActions } from './WebhookActions'
import { WebhookState } from './WebhookState'
import './webhook-page.css'

/** One webhook: whom it tells what, and what was delivered. */
export function WebhookPage() {
  const { name } = useParams({ from: '/shell/webhooks/$name' })
  const webhook = useQuery(webhookQuery(name))
  const { data: session } = useQuery(sessionQuery)
  const blocked = denied(session, 'admin')
  if (hasStatus(webhook.error, 404)) {
    return (
      <Empty alone says={`No webhook called "${name}"`}>
        <ButtonLink to="/webhooks">Show all webhooks</ButtonLink>
      </Empty>
    )
  }
  return (
    <Page
      name={name}
      crumb={<Link to="/webhooks">Webhooks</Link>}
      title={<span>{name}</span>}
      about={webhook.data?.description}
      actions={webhook.data && <WebhookActions webhook={webhook.data} blocked={blocked} />}
    >
      <Content label="Webhook">
        {webhook.error && <Problem says={inWords(webhook.error)} />}
        {webhook.isPending && <Bones />}
        {webhook.data && (
          <div className="webhook">
            <Facts webhook={webhook.data} />
            <section aria-label="Deliveries">
              <h2>Deliveries</h2>
              <Deliveries name={name} blocked={blocked} />
            </section>
          </div>
        )}
      </Content>
    </Page>
  )
}

function Facts({ webhook }: { webhook: Webhook }) {
  return (
    <Pairs>
      <dt>State</dt>
      <dd>
        <WebhookState webhook={webhook} />
      </dd>
      <dt>Sends to</dt>
      <dd>
        <code>{webhook.url}</code>
      </dd>
      <dt>Events</dt>
      <dd>{webhook.events.join(', ')}</dd>
      {webhook.when && (
        <>
          <dt>Only when</dt>
          <dd>
            <code>{webhook.when}</code>
          </dd>
        </>
      )}
      <dt>Changed</dt>
      <dd>
        <Time at={webhook.updatedAt} />
      </dd>
    </Pairs>
  )
}
