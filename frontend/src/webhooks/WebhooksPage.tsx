import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Webhook } from '#/api/types'
import { webhooksQuery } from '#/api/webhooks'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { SecretOnce } from './SecretOnce'
import { SetWebhook } from './SetWebhook'
import { WebhookState } from './WebhookState'
import './webhooks-page.css'

/** Who outside is told what happens here. */
export function WebhooksPage() {
  const webhooks = useQuery(webhooksQuery)
  const { data: session } = useQuery(sessionQuery)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Webhook>()
  const navigate = useNavigate()
  const list = webhooks.data?.data
  const create = (
    <Button kind="go" onClick={() => setAdding(true)} blocked={denied(session, 'admin')}>
      <Icon name="plus" />
      New webhook
    </Button>
  )
  return (
    <Page
      title="Webhooks"
      about="Signed messages that tell other systems what happens here"
      actions={!!list?.length && create}
    >
      <Content label="Webhooks">
        {webhooks.error && <Problem says={inWords(webhooks.error)} />}
        {webhooks.isPending && <Bones />}
        {list?.length === 0 && (
          <Empty says="No webhooks yet. A webhook tells your address that a run has ended, an approval is open, or a budget is used up.">
            {create}
            <p className="small">
              To start runs by messages of others, make a <Link to="/new-trigger">trigger</Link>.
            </p>
          </Empty>
        )}
        {!!list?.length && <WebhookTable webhooks={list} />}
        <SetWebhook chosen={adding ? 'new' : undefined} onClose={() => setAdding(false)} onSaved={setMade} />
        <SecretOnce
          made={made}
          onClose={() => {
            setMade(undefined)
            if (made) void navigate({ to: '/webhooks/$name', params: { name: made.name } })
          }}
        />
      </Content>
    </Page>
  )
}

function WebhookTable({ webhooks }: { webhooks: Webhook[] }) {
  return (
    <Table tall>
      <thead>
        <tr>
          <th>Webhook</th>
          <th className="wide">Events</th>
          <th>State</th>
          <th className="numeric wide">Changed</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.name}>
            <td className="webhook-target">
              <Link to="/webhooks/$name" params={{ name: webhook.name }} className="main">
                {webhook.name}
              </Link>
              <br />
              <small>{webhook.url}</small>
            </td>
            <td className="wide quiet">{webhook.events.join(', ')}</td>
            <td>
              <WebhookState webhook={webhook} />
            </td>
            <td className="numeric wide quiet">
              <Time at={webhook.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
