import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { may } from '#/api/can'
import { inWords } from '#/api/errors'
import { agentsQuery, sessionQuery } from '#/api/queries'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import './agents.css'

export function AgentsPage() {
  const agents = useQuery(agentsQuery)
  const { data: session } = useQuery(sessionQuery)
  const create = may(session, 'build') && (
    <Link to="/new-agent" className="button go">
      <Icon name="plus" />
      New agent
    </Link>
  )
  return (
    <Page title="Agents" about="Instructions, a model and tools; every revision is kept" actions={create}>
      <Content label="Agents">
        {agents.error && <Problem says={inWords(agents.error)} />}
        {agents.isPending && <Bones />}
        {agents.data?.data.length === 0 && <Empty says="There is no agent yet.">{create}</Empty>}
        {!!agents.data?.data.length && (
          <table className="rows tall">
            <thead>
              <tr>
                <th>Agent</th>
                <th className="wide">Tools</th>
                <th className="wide">Model</th>
                <th>Published</th>
                <th className="numeric wide">Changed</th>
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
          </table>
        )}
      </Content>
    </Page>
  )
}

export function Published({ published, latest }: { published: number | null; latest: number }) {
  if (published === null) return <span className="tag">draft only</span>
  return (
    <span className="published">
      revision {published}
      {latest > published && <span className="tag brass">draft {latest}</span>}
    </span>
  )
}
