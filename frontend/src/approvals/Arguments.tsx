import type { Approval } from '#/api/types'
import { asText, partsOf, type Part } from '#/ui/diff'
import { isState } from './words'

/** Whether there is something to show: a call without arguments says so, a workflow's state only shows what it has. */
export const hasArguments = (approval: Approval) =>
  approval.kind !== 'question' &&
  (!isState(approval) || partsOf(approval.arguments ?? {}, approval.original ?? null).length > 0)

/** The exact arguments the decision is about; where a person changed them, what they were. */
export function Arguments({ approval }: { approval: Pick<Approval, 'arguments' | 'original'> }) {
  const parts = partsOf(approval.arguments ?? {}, approval.original ?? null)
  if (parts.length === 0) return <p className="small">No arguments</p>
  return (
    <dl className="arguments">
      {parts.map((part) => (
        <Entry key={part.name} part={part} />
      ))}
    </dl>
  )
}

function Entry({ part: { name, change, before, after } }: { part: Part }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {(change === 'changed' || change === 'removed') && (
          <del>
            <span className="hidden">was </span>
            {asText(before)}
          </del>
        )}
        {change === 'same' && asText(after)}
        {(change === 'changed' || change === 'added') && (
          <ins>
            <span className="hidden">now </span>
            {asText(after)}
          </ins>
        )}
      </dd>
    </>
  )
}
