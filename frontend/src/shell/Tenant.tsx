import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '#/api/session'
import { ButtonLink } from '#/ui/ButtonLink'
import './tenant.css'

/** Whose data this is, and as whom one looks at it. */
export function Tenant({ onGo }: { onGo?: () => void }) {
  const { data: session } = useQuery(sessionQuery)
  if (!session) return null
  return (
    <ButtonLink className="tenant" to="/settings" title="Session and appearance" onClick={onGo}>
      <span className="cut">{session.tenant}</span>
      <small className="cut">{session.authMode === 'none' ? 'no sign-in' : session.name}</small>
    </ButtonLink>
  )
}
