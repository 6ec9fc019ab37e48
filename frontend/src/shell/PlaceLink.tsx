import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { openApprovalsQuery } from '#/api/approvals'
import { Icon } from '#/ui/Icon'
import type { Place } from './places'
import './place-link.css'

/** One page of the console, with how many questions wait there. */
export function PlaceLink({ place: { to, name, icon }, onGo }: { place: Place; onGo?: () => void }) {
  return (
    <Link className="place" to={to} onClick={onGo}>
      <Icon name={icon} />
      <span>{name}</span>
      {to === '/approvals' && <OpenCount />}
    </Link>
  )
}

/** How many approvals are open; from a thousand on it is many. */
function OpenCount() {
  const { data } = useQuery(openApprovalsQuery)
  if (!data?.open) return null
  return (
    <b className="open-count">
      {data.open > 999 ? '999+' : data.open}
      <span className="hidden"> open</span>
    </b>
  )
}
