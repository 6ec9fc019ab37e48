import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { revisionsQuery } from '#/api/agents'
import { Field } from '#/ui/Field'
import { ago } from '#/ui/format'

type Props = { agent: string; value: string; onPick: (revision: string) => void; own: number }

/** The revision of the agent that the new run uses. */
export function RevisionOptions({ agent, value, onPick, own }: Props) {
  const id = useId()
  const { data } = useInfiniteQuery(revisionsQuery(agent))
  const revisions = data?.pages.flatMap((page) => page.data) ?? []
  const known = revisions.some(({ revision }) => revision === own)
  return (
    <Field>
      <label htmlFor={id}>Agent revision</label>
      <select id={id} className="input" value={value} onChange={(event) => onPick(event.target.value)}>
        {!known && <option value={own}>{own} (this run's)</option>}
        {revisions.map(({ revision, published, createdAt }) => (
          <option key={revision} value={revision}>
            {revision}
            {noted(revision === own, published)} · {ago(createdAt)}
          </option>
        ))}
      </select>
    </Field>
  )
}

function noted(isOwn: boolean, isPublished: boolean) {
  const notes = [isOwn && "this run's", isPublished && 'published'].filter(Boolean)
  return notes.length > 0 ? ` (${notes.join(', ')})` : ''
}
