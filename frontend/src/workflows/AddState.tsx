import { useState } from 'react'
import { kinds, machineAround, type Kind, type Machine, type State } from '#/graph/model'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import { addState, freeName, idBeside } from './structure'

type Props = {
  yaml: string
  machine: Machine
  /** The new state comes after this one, beside it. */
  after: State | undefined
  onAdd: (yaml: string, id: string) => void
}

const names: Record<Kind, string> = {
  agent: 'ask',
  tool: 'call',
  workflow: 'run',
  approval: 'approve',
  choice: 'decide',
  parallel: 'both',
  map: 'each',
  wait: 'pause',
  set: 'remember',
  succeed: 'done',
  fail: 'refuse',
}

/** Adds a state of a kind, in the way on from the chosen one. */
export function AddState({ yaml, machine, after, onAdd }: Props) {
  const [kind, setKind] = useState<Kind>('agent')
  return (
    <form
      className="row add-state"
      onSubmit={(event) => {
        event.preventDefault()
        const name = freeName(names[kind], after ? machineAround(machine, after) : machine)
        onAdd(addState(yaml, machine, name, kind, after), after ? idBeside(after, name) : name)
      }}
    >
      <select
        className="input"
        aria-label="Kind of the new state"
        value={kind}
        onChange={(event) => setKind(event.target.value as Kind)}
      >
        {kinds.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <Button type="submit">
        <Icon name="plus" />
        {after ? `Add after ${after.name}` : 'Add state'}
      </Button>
    </form>
  )
}
