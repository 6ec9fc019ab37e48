import { count } from '#/ui/format'
import type { State } from './model'
import type { Progress, StateProgress } from './progress'
import './state-face.css'

export const progressWords: Record<Progress, string> = {
  none: 'not reached',
  running: 'running',
  waiting: 'waiting',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
}
const signs: Record<Progress, string> = { none: '', running: '▶', waiting: '◔', done: '✓', failed: '✕', skipped: '–' }

type Props = {
  state: State
  isStart: boolean
  isChosen: boolean
  progress?: StateProgress | undefined
  wrong: number
  onPick?: ((id: string) => void) | undefined
}

/** A state as it is drawn and listed: what it is, what it does, how far a run is with it. */
export function StateFace({ state, isStart, isChosen, progress, wrong, onPick }: Props) {
  const words = [
    `${state.name}, ${state.kind}`,
    isStart ? 'start' : '',
    progress ? progressWords[progress.progress] : '',
    progress?.items ? countOf(progress) : '',
    wrong > 0 ? `${wrong} wrong` : '',
  ]
  const name = state.name === 'do' ? state.kind : state.name
  return (
    <button
      type="button"
      className="state-face"
      data-kind={state.kind}
      data-progress={progress?.progress}
      data-wrong={wrong > 0 || undefined}
      aria-pressed={isChosen}
      aria-label={words.filter(Boolean).join(', ')}
      onClick={() => onPick?.(state.id)}
    >
      <span className="kind">{isStart ? `start · ${state.kind}` : state.kind}</span>
      <span className="name">{name}</span>
      {state.about && <span className="about">{state.about}</span>}
      {(progress || wrong > 0) && (
        <span className="sign">
          {wrong > 0 ? `! ${wrong}` : `${progress?.items ? countOf(progress) : ''} ${signs[progress!.progress]}`}
          {!progress?.items && progress && progress.visits > 1 && ` ×${progress.visits}`}
        </span>
      )}
    </button>
  )
}

function countOf({ items }: StateProgress): string {
  if (!items) return ''
  const all = items.done + items.failed + items.open
  return `${count(items.done)} of ${count(all)}${items.failed > 0 ? `, ${count(items.failed)} failed` : ''}`
}
