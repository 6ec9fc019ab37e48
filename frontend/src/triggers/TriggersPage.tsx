import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inWords } from '#/api/errors'
import { denied, may, sessionQuery } from '#/api/session'
import { lastFiringQuery, triggersQuery } from '#/api/triggers'
import type { Trigger } from '#/api/types'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { FiringMark } from './FiringMark'
import { sources } from './words'

export function TriggersPage() {
  const triggers = useInfiniteQuery(triggersQuery)
  const { data: session } = useQuery(sessionQuery)
  const list = triggers.data?.pages.flatMap(({ data }) => data)
  const create = may(session, 'build') && (
    <ButtonLink kind="go" to="/new-trigger">
      <Icon name="plus" />
      New trigger
    </ButtonLink>
  )
  return (
    <Page
      title="Triggers"
      about="Start runs on a schedule, by a webhook or on an event"
      actions={!!list?.length && create}
    >
      <Content label="Triggers">
        {triggers.error && <Problem says={inWords(triggers.error)} />}
        {triggers.isPending && <Bones />}
        {list?.length === 0 && (
          <Empty says="No triggers yet. A trigger starts an agent or a workflow on a schedule, when another system sends a webhook, or when something happens here.">
            {create || <p className="small">{denied(session, 'build')}</p>}
          </Empty>
        )}
        {!!list?.length && (
          <Table tall>
            <thead>
              <tr>
                <th>Trigger</th>
                <th className="wide">Fires</th>
                <th className="wide">Starts</th>
                <th>Next</th>
                <th>Last</th>
              </tr>
            </thead>
            <tbody>
              {list.map((trigger) => (
                <Row key={trigger.name} trigger={trigger} />
              ))}
            </tbody>
          </Table>
        )}
        <More of={triggers} />
      </Content>
    </Page>
  )
}

function Row({ trigger }: { trigger: Trigger }) {
  const { data: last } = useQuery(lastFiringQuery(trigger.name))
  const firing = last?.data[0]
  return (
    <tr>
      <td>
        <Link to="/triggers/$name" params={{ name: trigger.name }} className="main">
          {trigger.name}
        </Link>{' '}
        {!trigger.enabled && <Tag>off</Tag>}
        <br />
        <small>{trigger.description}</small>
      </td>
      <td className="wide">
        {sources[trigger.source]}
        <br />
        <small>{trigger.cron ? `${trigger.cron}, ${trigger.timeZone}` : trigger.types?.join(', ')}</small>
      </td>
      <td className="wide quiet">{trigger.agent ?? trigger.workflow}</td>
      <td className="quiet">{trigger.next[0] ? <Time at={trigger.next[0]} /> : <span aria-hidden="true">–</span>}</td>
      <td>
        {firing ? (
          <>
            <FiringMark state={firing.state} />
            <small>
              <Time at={firing.createdAt} />
            </small>
          </>
        ) : (
          last && <span className="quiet">never</span>
        )}
      </td>
    </tr>
  )
}
