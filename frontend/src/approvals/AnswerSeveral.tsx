import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { may } from '#/api/session'
import { sessionQuery } from '#/api/session'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { TickLabel } from '#/ui/Tick'
import type { Several } from './several'
import './answer-several.css'

/** Tick all, and one word for those that are ticked; each is answered once and may fail on its own. */
export function AnswerSeveral({ several }: { several: Several }) {
  const { data: session } = useQuery(sessionQuery)
  const [rejecting, setRejecting] = useState(false)
  const { chosen, able, busy } = several
  const blocked =
    (!may(session, 'approve') && 'Your key has no "approve" scope') || (chosen.length === 0 && 'Tick some first')
  return (
    <div className="several">
      <TickLabel>
        <input
          type="checkbox"
          checked={able.length > 0 && chosen.length === able.length}
          disabled={able.length === 0}
          ref={(box) => {
            if (box) box.indeterminate = chosen.length > 0 && chosen.length < able.length
          }}
          onChange={(event) => several.all(event.target.checked)}
        />
        <span>{chosen.length > 0 ? `${chosen.length} ticked` : 'All'}</span>
      </TickLabel>
      <Button onClick={() => void several.answer({ decision: 'approve' })} blocked={blocked} disabled={busy}>
        Approve {chosen.length || ''}
      </Button>
      <Button onClick={() => setRejecting(true)} blocked={blocked} disabled={busy}>
        Reject {chosen.length || ''}
      </Button>
      <span role="status" className="small">
        {busy ? 'Answering…' : several.said}
      </span>
      <small className="keys wide">
        <kbd>j</kbd> <kbd>k</kbd> walk · <kbd>x</kbd> tick
      </small>
      {rejecting && <RejectSeveral several={several} onClose={() => setRejecting(false)} />}
    </div>
  )
}

function RejectSeveral({ several, onClose }: { several: Several; onClose: () => void }) {
  const id = useId()
  const [reason, setReason] = useState('')
  return (
    <Dialog open onClose={onClose} title={`Reject ${several.chosen.length}?`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void several.answer({ decision: 'reject', ...(reason.trim() ? { reason: reason.trim() } : {}) })
          onClose()
        }}
      >
        <Field>
          <label htmlFor={id}>
            Why not <span className="small">each agent is told the same</span>
          </label>
          <textarea
            id={id}
            className="input"
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <div className="buttons">
          <Button onClick={onClose}>Not yet</Button>
          <Button kind="danger" type="submit">
            Reject {several.chosen.length}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
