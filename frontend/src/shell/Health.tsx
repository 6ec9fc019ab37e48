import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { infoQuery, readyQuery } from '#/api/server'
import { plural } from '#/ui/format'
import './health.css'

/** Is it up, and on how many replicas; leads to the page that says more. */
export function Health({ onGo }: { onGo?: () => void }) {
  const info = useQuery(infoQuery)
  const ready = useQuery(readyQuery)
  const { lamp, words, why } = judge(ready.isError, ready.data)
  const replicas = info.data ? ` · ${plural(info.data.replicas, 'replica')}` : ''
  return (
    <p title={why} role="status" className="grow">
      <Link to="/status" className="health" onClick={onGo}>
        <i className={`lamp ${lamp}`} />
        {words}
        {lamp === '' && replicas}
      </Link>
    </p>
  )
}

type Ready = { status: string; checks?: { name: string; ok: boolean; message: string | null }[] }

function judge(isDown: boolean, ready?: Ready) {
  if (isDown)
    return {
      lamp: 'down',
      words: 'Server unreachable',
      why: 'No answer from the server. Runs continue without this page.',
    }
  if (!ready) return { lamp: 'unsure', words: 'Checking…', why: undefined }
  if (ready.status === 'ready') return { lamp: '', words: 'Healthy', why: undefined }
  const broken = ready.checks?.filter((check) => !check.ok) ?? []
  return {
    lamp: 'down',
    words: 'Not ready',
    why: broken.map((check) => `${check.name}: ${check.message ?? 'not ok'}`).join('\n'),
  }
}
