import type { GraphProps } from './props'
import type { Machine, State } from './model'
import { StateFace } from './StateFace'
import './state-list.css'

/** The same as the drawing, for small windows: each state with where it leads. */
export function StateList({ machine, label, ...shown }: GraphProps) {
  return (
    <div className="state-list" role="group" aria-label={label}>
      <States machine={machine} {...shown} />
    </div>
  )
}

function States({ machine, ...shown }: Omit<GraphProps, 'label'>) {
  return (
    <ol>
      {machine.states.map((state) => (
        <li key={state.id}>
          <StateFace
            state={state}
            isStart={state.id === machine.start}
            isChosen={shown.chosen === state.id}
            progress={shown.progress?.get(state.id)}
            wrong={shown.wrong?.get(state.id) ?? 0}
            onPick={shown.onPick}
          />
          <Leads machine={machine} state={state} />
          {state.inner.map((one) => (
            <div key={one.name} className="inside">
              {one.name && <small>{one.name}</small>}
              <States machine={one.machine} {...shown} />
            </div>
          ))}
        </li>
      ))}
    </ol>
  )
}

function Leads({ machine, state }: { machine: Machine; state: State }) {
  const leads = machine.leads.filter(({ from }) => from === state.id)
  if (leads.length === 0) return null
  return (
    <small className="leads">
      {leads.map(({ to, label }) => `${label ? `${label} ` : ''}→ ${to.split('/').at(-1)}`).join(' · ')}
    </small>
  )
}
