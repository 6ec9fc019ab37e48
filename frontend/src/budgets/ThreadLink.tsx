import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { threadQuery } from '#/api/threads'
import { shortId } from '#/ui/format'

/** A thread by its title; by its id while that is not known, or where it was deleted. */
export function ThreadLink({ thread }: { thread: string }) {
  const { data } = useQuery({ ...threadQuery(thread), retry: false })
  return (
    <Link to="/threads/$thread" params={{ thread }}>
      {data?.title || shortId(thread)}
    </Link>
  )
}
