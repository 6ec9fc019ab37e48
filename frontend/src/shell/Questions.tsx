import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { openApprovalsQuery } from '#/api/approvals'
import { plural } from '#/ui/format'
import { notices } from '#/ui/notices'
import { title } from '#/ui/title'

/** Says how many questions wait: in the window's title, and to who is elsewhere by a notice of the browser. */
export function Questions() {
  const { data } = useQuery(openApprovalsQuery)
  const navigate = useNavigate()
  const before = useRef<number>(undefined)
  const open = data?.open
  const tell = useEffectEvent((many: number) =>
    notices.show(
      many === 1 ? 'An agent needs a decision' : `${plural(many, 'approval')} waiting`,
      'Open the approvals of Wheelhouse',
      'approvals',
      () => void navigate({ to: '/approvals' }),
    ),
  )
  useEffect(() => {
    if (open === undefined) return
    title.setCount(open)
    if (before.current !== undefined && open > before.current && document.hidden) tell(open)
    before.current = open
  }, [open])
  return null
}
