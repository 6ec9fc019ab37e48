import type { Approval } from '#/api/types'
import { StateMark, type AnyState } from '#/events/StateMark'
import { Time } from '#/ui/Time'
import { argumentsLine } from './arguments'
import { Countdown } from './Countdown'
import { takesPart, type Several } from './several'
import { byWhom, isState, sentenceOf, stateWords } from './words'
import './approval-list.css'

type Props = {
  list: Approval[]
  chosen?: string
  onPick: (approval: string) => void
  several: Several
  ofOneRun?: boolean
}

export function ApprovalList({ list, chosen, onPick, several, ofOneRun = false }: Props) {
  const ticks = list.every((one) => one.state === 'open')
  return (
    <ol className="questions">
      {list.map((approval) => (
        <li key={approval.id} className={approval.id === chosen ? 'chosen' : undefined}>
          {ticks && (
            <label className="box" title={takesPart(approval) ? undefined : 'Answer this one individually'}>
              <input
                type="checkbox"
                aria-label={`Select: ${sentenceOf(approval)} ${telling(approval)}`}
                checked={several.has(approval.id) && takesPart(approval)}
                disabled={!takesPart(approval) || several.busy}
                onChange={() => several.toggle(approval.id)}
              />
            </label>
          )}
          <button
            className="line"
            data-question={approval.id}
            aria-current={approval.id === chosen}
            onClick={() => onPick(approval.id)}
          >
            <StateMark state={markOf(approval)} word={false} />
            <span className="what">
              <b className="cut">{(!ofOneRun && approval.request) || sentenceOf(approval)}</b>
              <span className="cut">
                {!ofOneRun && approval.request && `${approval.agent} · ${approval.tool ?? 'question'} · `}
                {telling(approval)}
              </span>
            </span>
            <span className="when">
              {approval.state === 'open' ? (
                <Countdown approval={approval} short />
              ) : (
                <small>
                  {stateWords(approval)}
                  {byWhom(approval.decidedBy)}
                </small>
              )}
              <small>
                {approval.state === 'open' && 'asked '}
                <Time at={approval.decidedAt ?? approval.createdAt} />
              </small>
            </span>
          </button>
          <Refused words={several.failed.get(approval.id)} />
        </li>
      ))}
    </ol>
  )
}

function Refused({ words }: { words?: { title: string; detail?: string; hint?: string } }) {
  if (!words) return null
  return (
    <p className="refused" role="alert">
      {words.detail ?? words.title}
      {words.hint && `. ${words.hint}`}
    </p>
  )
}

const telling = (approval: Approval) =>
  approval.kind === 'question' || isState(approval) ? (approval.message ?? '') : argumentsLine(approval.arguments)

/** The shapes of runs, for what questions became. */
function markOf({ state, decision }: Approval): AnyState {
  switch (state) {
    case 'open':
      return 'asking'
    case 'approved':
      return decision === 'stop' ? 'cancelled' : 'succeeded'
    case 'rejected':
      return 'failed'
    default:
      return 'cancelled'
  }
}
