import { useId, useState } from 'react'
import type { ProblemError } from '#/api/types'
import { machineAround, type Machine, type State } from '#/graph/model'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Branches } from './Branches'
import { readValue, setValue, showValue } from './edit'
import { formOf, type Asked } from './forms'
import { StateName } from './StateName'
import { idBeside, isAlone, removeState } from './structure'
import type { Names } from './values'

type Props = {
  yaml: string
  machine: Machine
  state: State
  names: Names
  errors: ProblemError[]
  /** `id`: the chosen state's, where that has changed. */
  onChange: (yaml: string, id?: string) => void
}

/** The chosen state as a form; what it has no field for is written in the text beside it. */
export function StateForm({ yaml, machine, state, names, errors, onChange }: Props) {
  const cases = state.kind === 'choice' ? casesOf(yaml, state) : []
  return (
    <section className="state-form stack" aria-label={`State ${state.name}`}>
      <header className="row">
        <h2 className="grow">
          {state.name} <small>{state.kind}</small>
        </h2>
        {!isAlone(state) && machineAround(machine, state).states.length > 1 && (
          <Button kind="danger" onClick={() => onChange(removeState(yaml, machine, state))}>
            Remove
          </Button>
        )}
      </header>
      {errors.map((error) => (
        <p key={`${error.path}-${error.message}`} className="wrong" role="alert">
          {error.message} {error.hint}
        </p>
      ))}
      {!isAlone(state) && (
        <StateName {...{ yaml, machine, state }} onRename={(text, name) => onChange(text, idBeside(state, name))} />
      )}
      {cases.map((_, index) => (
        <div key={`${index + 1}`} className="case">
          <Entry
            asked={{ key: ['choice', index, 'when'], label: `Case ${index + 1}: when`, as: 'text' }}
            {...{ yaml, machine, state, names, onChange }}
          />
          <Entry
            asked={{ key: ['choice', index, 'next'], label: `Case ${index + 1}: next`, as: 'state' }}
            {...{ yaml, machine, state, names, onChange }}
          />
        </div>
      ))}
      {formOf[state.kind].map((asked) => (
        <Entry key={`${state.id} ${asked.key.join('/')}`} {...{ asked, yaml, machine, state, names, onChange }} />
      ))}
      {state.kind === 'parallel' && <Branches {...{ yaml, state, onChange }} />}
    </section>
  )
}

const casesOf = (yaml: string, state: State): unknown[] => {
  const written = readValue(showValue(yaml, [...state.at, 'choice']))?.value
  return Array.isArray(written) ? written : []
}

type EntryProps = Omit<Props, 'errors'> & { asked: Asked }

function Entry({ asked, yaml, machine, state, names, onChange }: EntryProps) {
  const id = useId()
  const shown = showValue(yaml, [...state.at, ...asked.key])
  const [typed, setTyped] = useState<string>()
  const write = (text: string) => {
    const read = asked.as === 'yaml' ? readValue(text) : { value: text === '' ? undefined : text }
    setTyped(read ? undefined : text)
    if (read) onChange(setValue(yaml, state, asked.key, read.value))
  }
  const value = typed ?? shown
  const choices = asked.choices ?? (asked.as === 'state' ? besides(machine, state) : undefined)
  return (
    <Field>
      <label htmlFor={id}>{asked.label}</label>
      {choices ? (
        <select id={id} className="input" value={value} onChange={(event) => write(event.target.value)}>
          {!choices.includes(value) && <option value={value}>{value || 'none'}</option>}
          {value !== '' && asked.as === 'state' && <option value="">none</option>}
          {choices.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      ) : asked.as === 'text' ? (
        <input
          id={id}
          className="input"
          value={value}
          list={asked.names && `${id}-names`}
          onChange={(event) => write(event.target.value)}
        />
      ) : (
        <textarea
          id={id}
          className="input mono"
          rows={Math.min(8, Math.max(2, value.split('\n').length))}
          value={value}
          aria-invalid={typed !== undefined}
          onChange={(event) => (asked.as === 'yaml' ? setTyped(event.target.value) : write(event.target.value))}
          onBlur={(event) => typed !== undefined && write(event.target.value)}
        />
      )}
      {asked.names && (
        <datalist id={`${id}-names`}>
          {names[asked.names].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
      )}
    </Field>
  )
}

/** The states that a state may lead to: those beside it. */
const besides = (machine: Machine, state: State): string[] =>
  isAlone(state) ? [] : machineAround(machine, state).states.map(({ name }) => name)
