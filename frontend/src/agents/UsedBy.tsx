import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agentsQuery } from '#/api/agents'
import type { Agent } from '#/api/types'
import './used-by.css'

/** The agents that use something, so that whoever changes it knows whom it reaches. */
export function UsedBy({ uses }: { uses: (agent: Agent) => boolean }) {
  const { data: agents } = useQuery(agentsQuery)
  if (!agents) return null
  const users = agents.data.filter(uses)
  return (
    <p className="used-by">
      <b>Used by</b>:{' '}
      {users.length === 0
        ? 'no agent'
        : users.map(({ name }, at) => (
            <span key={name}>
              {at > 0 && ', '}
              <Link to="/agents/$name" params={{ name }}>
                {name}
              </Link>
            </span>
          ))}
    </p>
  )
}
