import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agentsQuery } from '#/api/agents'
import { inWords } from '#/api/errors'
import { may, sessionQuery } from '#/api/session'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { Published } from '#/definitions/Published'

export function AgentsPage() {
  const agents = useQuery(agentsQuery)
  const { data: session } = useQuery(sessionQuery)
  const create = may(session, 'build') && (
    <ButtonLink kind="go" to="/new-agent">
      <Icon name="plus" />
      New agent
    </ButtonLink>
  )
  return (
    <Page title="Agents" about="Instructions, a model and tools. Every revision is kept." actions={create}>
      <Content label="Agents">
        {agents.error && <Problem says={inWords(agents.error)} />}
        {agents.isPending && <Bones />}
        {agents.data?.data.length === 0 && <Empty says="No agents yet">{create}</Empty>}
        {!!agents.data?.data.length && (
          <Table tall>
            <thead>
              <tr>
                <th>Agent</th>
                <th className="wide">Tools</th>
                <th className="wide">Model</th>
                <th>Published</th>
                <th className="numeric wide">Updated</th>
              </tr>
            </thead>
            <tbody>
              {agents.data.data.map((agent) => (
                <tr key={agent.name}>
                  <td>
                    <Link to="/agents/$name" params={{ name: agent.name }} className="main">
                      {agent.name}
                    </Link>
                    <br />
                    <small>{agent.description}</small>
                  </td>
                  <td className="wide quiet">{agent.tools.join(', ') || 'none'}</td>
                  <td className="wide quiet">{agent.model}</td>
                  <td>
                    <Published published={agent.published} latest={agent.latest} />
                  </td>
                  <td className="numeric wide quiet">
                    <Time at={agent.updatedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Content>
    </Page>
  )
}
