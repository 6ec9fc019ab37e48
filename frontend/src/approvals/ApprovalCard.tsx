import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Approval, Decision } from '#/api/types'
import { Button } from '#/ui/Button'
import { letters } from '#/ui/letters'
import { Problem } from '#/ui/Problem'
import { Arguments, hasArguments } from './Arguments'
import { Countdown } from './Countdown'
import { useDecide } from './decide'
import { Decided } from './Decided'
import { EditArguments, Reject } from './forms'
import { OutcomeChoice } from './OutcomeChoice'
import { PersonsAnswer } from './PersonsAnswer'
import { effectWords, isState, sentenceOf } from './words'
import './approval-card.css'

export type CardDoing = 'look' | 'edit' | 'reject'
type Props = {
  approval: Approval
  /** Keys `a`, `e` and `r` work where the card has focus; a page that hands them on itself says so. */
  doing?: CardDoing
  onDoing?: (doing: CardDoing) => void
  onDecided?: (next: Approval) => void
  /** Takes a plain yes or no in place of sending it at once. */
  onDecide?: (decision: Decision) => void
}

/** One approval: what will happen, that it has not happened yet, why it is needed, when it expires. */
export function ApprovalCard({ approval, doing: given, onDoing, onDecided, onDecide }: Props) {
  const [own, setOwn] = useState<CardDoing>('look')
  const doing = given ?? own
  const card = useRef<HTMLElement>(null)
  const setDoing = (next: CardDoing) => {
    setOwn(next)
    onDoing?.(next)
    // The form that had the focus is gone: the card itself goes on with it.
    if (next === 'look') card.current?.focus()
  }
  const { data: session } = useQuery(sessionQuery)
  const decide = useDecide(approval, (next) => {
    setOwn('look')
    onDoing?.('look')
    // What was answered goes away: the part of the page it stood in goes on with the focus.
    card.current?.parentElement?.closest<HTMLElement>('[tabindex="0"]')?.focus()
    onDecided?.(next)
  })
  const blocked = denied(session, 'approve')
  if (approval.state !== 'open') return <Decided approval={approval} />
  const shown = hasArguments(approval)
  const say = (decision: Decision) => {
    if (!onDecide) return decide.mutate(decision)
    setOwn('look')
    onDoing?.('look')
    onDecide(decision)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (doing !== 'look' || blocked || decide.isPending || approval.kind !== 'tool') return
    const key = letters.of(event)
    if (key === 'a') say({ decision: 'approve' })
    else if (key === 'e' && shown) setDoing('edit')
    else if (key === 'r') setDoing('reject')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const words = decide.error && inWords(decide.error)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons inside
    <section
      className="approval"
      ref={card}
      aria-label={`${sentenceOf(approval)}, step ${approval.step}: approval`}
      data-approval={approval.id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its keys work where it has focus
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Opening approval={approval} />
      {words && <Problem says={words} />}
      {approval.kind === 'question' && <PersonsAnswer approval={approval} decide={decide} blocked={blocked} />}
      {shown && doing !== 'edit' && <Arguments approval={approval} />}
      {approval.kind === 'outcome' && <OutcomeChoice approval={approval} decide={decide} blocked={blocked} />}
      {approval.kind === 'tool' && doing === 'look' && (
        <div className="buttons">
          <Button
            kind="go"
            onClick={() => say({ decision: 'approve' })}
            blocked={blocked}
            disabled={decide.isPending}
            aria-keyshortcuts="a"
          >
            Approve <kbd>a</kbd>
          </Button>
          {shown && (
            <Button
              onClick={() => setDoing('edit')}
              blocked={blocked}
              disabled={decide.isPending}
              aria-keyshortcuts="e"
            >
              Edit <kbd>e</kbd>
            </Button>
          )}
          <Button
            onClick={() => setDoing('reject')}
            blocked={blocked}
            disabled={decide.isPending}
            aria-keyshortcuts="r"
          >
            Reject <kbd>r</kbd>
          </Button>
        </div>
      )}
      {approval.kind === 'tool' && doing === 'edit' && (
        <EditArguments approval={approval} decide={decide} onClose={() => setDoing('look')} />
      )}
      {approval.kind === 'tool' && doing === 'reject' && (
        <Reject onSay={say} busy={decide.isPending} onClose={() => setDoing('look')} />
      )}
      {blocked && <p className="small">{blocked}</p>}
      <Footing approval={approval} />
    </section>
  )
}

function Opening({ approval }: { approval: Approval }) {
  const { kind, message, effect, replaces, original } = approval
  return (
    <div>
      <p>
        <b>
          {sentenceOf(approval)}
          {kind !== 'outcome' && '.'}
        </b>{' '}
        {kind === 'tool' && !isState(approval) && <>Not run yet. {effectWords(effect)}</>}
        {kind === 'outcome' &&
          'The server restarted while it was running. It may or may not have taken effect, so it is not repeated automatically.'}
      </p>
      {(kind === 'question' || isState(approval)) && message && <p className="question">{message}</p>}
      {(replaces || original) && <p className="small">Edited request: these arguments will be used.</p>}
    </div>
  )
}

function Footing({ approval }: { approval: Approval }) {
  const { kind, message, rule, requester, notRequester } = approval
  const why = kind === 'tool' && !isState(approval) && (message || rule)
  return (
    <footer>
      {why && (
        <p>
          Reason: {message}
          {rule && (
            <>
              {message && ' · '}
              <code>{rule}</code>
            </>
          )}
        </p>
      )}
      <p>
        <Countdown approval={approval} />
        {requester && <small> · Requested by {requester}</small>}
        {notRequester && <small> · The requester can't approve</small>}
      </p>
    </footer>
  )
}
