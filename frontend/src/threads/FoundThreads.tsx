import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inWords } from '#/api/errors'
import { foundThreadsQuery } from '#/api/search'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'

type Props = { words: string; chosen?: string; onGo?: () => void }

/** Threads in which these words were said. */
export function FoundThreads({ words, chosen, onGo }: Props) {
  const { data, error, isPending } = useQuery(foundThreadsQuery(words))
  if (error) return <Problem says={inWords(error)} />
  if (isPending) return <Bones />
  if (data.length === 0) return <p className="small">No matching threads</p>
  return (
    <ul>
      {data.map(({ thread, input, agent, createdAt }) => (
        <li key={thread}>
          <Link
            to="/threads/$thread"
            params={{ thread }}
            aria-current={thread === chosen ? 'page' : undefined}
            onClick={onGo}
          >
            <b className="cut">{input || 'Untitled'}</b>
            <small>
              <Time at={createdAt} />
              <span className="cut">· {agent}</span>
            </small>
          </Link>
        </li>
      ))}
    </ul>
  )
}
