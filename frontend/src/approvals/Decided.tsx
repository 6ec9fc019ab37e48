import type { Approval } from '#/api/types'
import { asText } from '#/ui/diff'
import { Time } from '#/ui/Time'
import { Arguments, hasArguments } from './Arguments'
import { byWhom, isState, sentenceOf, stateMeans, stateWords } from './words'
import './decided.css'

/** An approval that is closed: what became of it, by whom and when. */
export function Decided({ approval }: { approval: Approval }) {
  const { state, decidedBy, decidedAt, reason, kind, message, answer, arguments: asked } = approval
  return (
    <section className="approval decided" aria-label={`${sentenceOf(approval)}: ${stateWords(approval)}`}>
      <p>
        <b>
          {sentenceOf(approval)}
          {kind !== 'outcome' && '.'}
        </b>{' '}
        {(kind === 'question' || isState(approval)) && message}
      </p>
      {asked && hasArguments(approval) && <Arguments approval={approval} />}
      {kind === 'question' && answer !== null && answer !== undefined && (
        <p className="answer-said">{asText(answer)}</p>
      )}
      <p>
        <b className={`verdict ${state}`}>{sentenceCase(stateWords(approval))}</b>
        {state === 'expired' && ', no answer in time'}
        {byWhom(decidedBy)}
        {decidedAt && (
          <>
            {' '}
            <Time at={decidedAt} />
          </>
        )}
        {reason && state !== 'expired' && `: ${reason}`}
      </p>
      {stateMeans[state] && <small>{stateMeans[state]}</small>}
    </section>
  )
}

const sentenceCase = (text: string) => text[0]!.toUpperCase() + text.slice(1)
