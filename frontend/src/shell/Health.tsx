import { useQuery } from '@tanstack/react-query'
import { infoQuery, readyQuery } from '#/api/server'
import { plural } from '#/ui/format'
import './health.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Is it up, how many replicas, which version. */
export function Health({ onPalette, onKeys }: { onPalette: () => void; onKeys: () => void }) {
  const info = useQuery(infoQuery)
  const ready = useQuery(readyQuery)
  const { lamp, words, why } = judge(ready.isError, ready.data)
  const replicas = info.data ? ` · ${plural(info.data.replicas, 'replica')}` : ''
  return (
    <footer>
      <div className="row">
        <p title={why} role="status" className="grow">
          <i className={`lamp ${lamp}`} />
          {words}
          {lamp === '' && replicas}
        </p>
        <button className="palette" onClick={onKeys} aria-label="Keyboard shortcuts" title="Keyboard shortcuts">
          <kbd>?</kbd>
        </button>
      </div>
      <button className="palette" onClick={onPalette}>
        {info.data?.version ?? '–'} · <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd> to search
      </button>
    </footer>
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
