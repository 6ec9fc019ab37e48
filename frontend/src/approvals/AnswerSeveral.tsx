import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { denied, sessionQuery } from '#/api/session'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { plural } from '#/ui/format'
import { TickLabel } from '#/ui/Tick'
import type { Several } from './several'
import './answer-several.css'

/** Select some or all and decide them at once; each is decided once and may fail on its own. */
export function AnswerSeveral({ several }: { several: Several }) {
  const { data: session } = useQuery(sessionQuery)
  const [rejecting, setRejecting] = useState(false)
  const { chosen, able, busy } = several
  const blocked = denied(session, 'approve') || (chosen.length === 0 && 'Select some')
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
        <span>{chosen.length > 0 ? `${chosen.length} selected` : 'Select all'}</span>
      </TickLabel>
      <Button onClick={() => void several.answer({ decision: 'approve' })} blocked={blocked} disabled={busy}>
        Approve {chosen.length || ''}
      </Button>
      <Button onClick={() => setRejecting(true)} blocked={blocked} disabled={busy}>
        Reject {chosen.length || ''}
      </Button>
      <span role="status" className="small">
        {busy ? 'Sending…' : several.said}
      </span>
      <small className="keys wide">
        <kbd>j</kbd> <kbd>k</kbd> move · <kbd>x</kbd> select
      </small>
      {rejecting && <RejectSeveral several={several} onClose={() => setRejecting(false)} />}
    </div>
  )
}

function RejectSeveral({ several, onClose }: { several: Several; onClose: () => void }) {
  const id = useId()
  const [reason, setReason] = useState('')
  return (
    <Dialog open onClose={onClose} title={`Reject ${plural(several.chosen.length, 'request')}?`}>
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
            Reason <span className="small">all get the same reason</span>
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
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" type="submit">
            Reject {several.chosen.length}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
