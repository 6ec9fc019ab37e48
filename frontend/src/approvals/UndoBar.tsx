import { Button } from '#/ui/Button'
import type { Taken } from './later'
import './undo-bar.css'

type Props = { taken: Taken[]; next?: string; onUndo: () => void }

/** What was just decided, for as long as it can be taken back. */
export function UndoBar({ taken, next, onUndo }: Props) {
  const last = taken.at(-1)
  const word = last?.decision.decision === 'reject' ? 'Rejected' : 'Approved'
  const many = taken.length > 1 ? ` (${taken.length} can be undone)` : ''
  return (
    <div className={last ? 'undo-bar over' : 'undo-bar'}>
      <span role="status" className="cut">
        {last &&
          `${word}: ${last.approval.tool ?? last.approval.agent}${many}. ${next ? `Next: ${next}` : 'None left'}`}
      </span>
      {last && (
        <Button onClick={onUndo} aria-keyshortcuts="z">
          Undo <kbd>z</kbd>
        </Button>
      )}
    </div>
  )
}
