import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { changeCollection, refreshCollections } from '#/api/collections'
import { healthQuery } from '#/api/server'
import type { Collection } from '#/api/types'
import { Field } from '#/ui/Field'

const words = 'Words only'

/** What passages are found by. Another model takes over when it knows every passage; until then the one before serves. */
export function ChooseModel({ collection, blocked }: { collection: Collection; blocked: string | false }) {
  const id = useId()
  const queries = useQueryClient()
  const { data: health } = useQuery(healthQuery)
  const change = useMutation({
    mutationFn: (model: string) => changeCollection(collection, { model }),
    onSettled: () => refreshCollections(queries),
  })
  const { model, building } = collection
  const models = [...new Set([...(health?.embeddings.map((one) => one.model) ?? []), model, building ?? model, ''])]
  return (
    <Field>
      <label htmlFor={id}>Found by</label>
      <select
        id={id}
        className="input"
        value={building ?? model}
        disabled={!!blocked || change.isPending}
        title={blocked || undefined}
        onChange={(event) => change.mutate(event.target.value)}
      >
        {models.map((one) => (
          <option key={one} value={one}>
            {one ? `Words and meaning: ${one}` : words}
          </option>
        ))}
      </select>
      {building !== null && (
        <small>Its passages are being prepared. Until all are, searches go by {model || words.toLowerCase()}.</small>
      )}
    </Field>
  )
}
