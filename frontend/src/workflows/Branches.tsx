import { useId, useState } from 'react'
import type { State } from '#/graph/model'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { addBranch, removeBranch } from './structure'

type Props = { yaml: string; state: State; onChange: (yaml: string) => void }

/** The branches of a parallel state. What is in them is chosen, added and removed in the graph. */
export function Branches({ yaml, state, onChange }: Props) {
  const id = useId()
  const [name, setName] = useState('')
  const names = state.inner.map((one) => one.name)
  const isFree = /^[a-z][A-Za-z0-9_]{0,62}$/.test(name) && !names.includes(name)
  return (
    <fieldset className="branches">
      <legend className="label">Branches</legend>
      {names.map((one) => (
        <div key={one} className="row">
          <span className="grow">{one}</span>
          <Button
            blocked={names.length < 2 && 'One has to stay'}
            onClick={() => onChange(removeBranch(yaml, state, one))}
          >
            Remove branch {one}
          </Button>
        </div>
      ))}
      <Field>
        <label htmlFor={id}>New branch</label>
        <span className="row">
          <input id={id} className="input grow" value={name} onChange={(event) => setName(event.target.value)} />
          <Button
            blocked={!isFree && 'Give it a name that no other branch has'}
            onClick={() => {
              onChange(addBranch(yaml, state, name))
              setName('')
            }}
          >
            Add branch
          </Button>
        </span>
      </Field>
    </fieldset>
  )
}
