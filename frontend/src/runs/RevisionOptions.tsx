import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { revisionsQuery } from '#/api/agents'
import { Field } from '#/ui/Field'
import { ago } from '#/ui/format'

type Props = { agent: string; value: string; onPick: (revision: string) => void; own: number }

/** With which revision of the agent the new run is made. */
export function RevisionOptions({ agent, value, onPick, own }: Props) {
  const id = useId()
  const { data } = useInfiniteQuery(revisionsQuery(agent))
  const revisions = data?.pages.flatMap((page) => page.data) ?? []
  const known = revisions.some(({ revision }) => revision === own)
  return (
    <Field>
      <label htmlFor={id}>With {agent} as of</label>
      <select id={id} className="input" value={value} onChange={(event) => onPick(event.target.value)}>
        {!known && <option value={own}>revision {own}, as this run</option>}
        {revisions.map(({ revision, published, createdAt }) => (
          <option key={revision} value={revision}>
            revision {revision}
            {revision === own ? ', as this run' : ''}
            {published ? ', published' : ''} · {ago(createdAt)}
          </option>
        ))}
      </select>
    </Field>
  )
}
