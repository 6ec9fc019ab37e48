import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sessionQuery } from '#/api/queries'

/** Whose data this is, and as whom one looks at it. */
export function Tenant() {
  const { data: session } = useQuery(sessionQuery)
  if (!session) return null
  return (
    <Link className="tenant button" to="/settings" title="Session and appearance">
      <span className="cut">{session.tenant}</span>
      <small className="cut">{session.authMode === 'none' ? 'no sign-in' : session.name}</small>
    </Link>
  )
}
