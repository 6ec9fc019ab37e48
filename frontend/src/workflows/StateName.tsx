import { useId, useState } from 'react'
import type { Machine, State } from '#/graph/model'
import { Field } from '#/ui/Field'
import { isFree, renameState } from './structure'

type Props = { yaml: string; machine: Machine; state: State; onRename: (yaml: string, name: string) => void }

/** The name of a state; another one is written wherever the workflow speaks of it, once it is whole. */
export function StateName({ yaml, machine, state, onRename }: Props) {
  const id = useId()
  const [typed, setTyped] = useState(state.name)
  const isWrong = typed !== state.name && !isFree(typed, machine, state)
  const rename = () => {
    if (typed !== state.name && !isWrong) onRename(renameState(yaml, machine, state, typed), typed)
  }
  return (
    <Field>
      <label htmlFor={id}>Name</label>
      <input
        id={id}
        className="input"
        value={typed}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      {isWrong && (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          Another state has this name, or it is none: a-z, A-Z, 0-9 and _, beginning with a small letter
        </p>
      )}
    </Field>
  )
}
