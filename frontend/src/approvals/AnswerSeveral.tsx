import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { denied, sessionQuery } from '#/api/session'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { plural } from '#/ui/format'
import { TickLabel } from '#/ui/Tick'
import { kindsOf, type Several } from './several'
import { effectWords } from './words'
import './answer-several.css'

/** Select some or all and decide them at once; each is decided once and may fail on its own. */
export function AnswerSeveral({ several, of }: { several: Several; of?: number }) {
  const { data: session } = useQuery(sessionQuery)
  const [asking, setAsking] = useState<'approve' | 'reject'>()
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
        <span>
          {chosen.length > 0 ? `${chosen.length} selected` : 'Select all'}
          {of !== undefined && of > able.length && ` (${able.length} of ${of} loaded)`}
        </span>
      </TickLabel>
      <Button onClick={() => setAsking('approve')} blocked={blocked} disabled={busy}>
        Approve {chosen.length || ''}
      </Button>
      <Button onClick={() => setAsking('reject')} blocked={blocked} disabled={busy}>
        Reject {chosen.length || ''}
      </Button>
      <span role="status" className="small">
        {busy ? 'Sending…' : several.said}
      </span>
      <small className="keys wide">
        <kbd>j</kbd> <kbd>k</kbd> move · <kbd>x</kbd> select
      </small>
      {asking && <Summary several={several} decision={asking} onClose={() => setAsking(undefined)} />}
    </div>
  )
}

type SummaryProps = { several: Several; decision: 'approve' | 'reject'; onClose: () => void }

/** What is about to be decided, by agent and tool: nothing is sent before it was read. */
function Summary({ several, decision, onClose }: SummaryProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const word = decision === 'approve' ? 'Approve' : 'Reject'
  const { chosen } = several
  return (
    <Dialog open onClose={onClose} title={`${word} ${plural(chosen.length, 'request')}?`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void several.answer({ decision, ...(reason.trim() ? { reason: reason.trim() } : {}) })
          onClose()
        }}
      >
        <ul className="summary">
          {kindsOf(chosen).map(({ agent, tool, effect, many }) => (
            <li key={`${agent} ${tool}`}>
              <b>{many} ×</b> {agent} wants to run <code>{tool}</code>{' '}
              <span className="small">{effectWords(effect)}</span>
            </li>
          ))}
        </ul>
        {decision === 'reject' && (
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
        )}
        <div className="buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={decision === 'approve' ? 'go' : 'danger'} type="submit">
            {word} {chosen.length}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
