import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState, type KeyboardEvent } from 'react'
import { agentsQuery } from '#/api/agents'
import { Veil } from '#/ui/Dialog'
import { places } from './places'
import './palette.css'

type Target = { name: string; kind: string; go: () => void }

/** Ctrl/Cmd+K: type, and Enter goes there. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const targets = useTargets().filter(({ name, kind }) =>
    `${kind} ${name}`.toLowerCase().includes(typed.trim().toLowerCase()),
  )
  const shown = targets.slice(0, 12)
  const go = (target?: Target) => {
    if (!target) return
    target.go()
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return go(shown[chosen])
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (!step || shown.length === 0) return
    event.preventDefault()
    setChosen((chosen + step + shown.length) % shown.length)
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Veil />
        <Dialog.Popup className="palette-box over">
          <Dialog.Title className="hidden">Search</Dialog.Title>
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={shown[chosen] ? `${list}-${chosen}` : undefined}
            aria-label="Search"
            placeholder="Search or jump to…"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setChosen(0)
            }}
            onKeyDown={onKeyDown}
          />
          <div role="listbox" id={list} aria-label="Results" tabIndex={-1}>
            {shown.map((target, index) => (
              <div
                key={`${target.kind} ${target.name}`}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                onClick={() => go(target)}
                onKeyDown={onKeyDown}
                onPointerMove={() => setChosen(index)}
              >
                <span className="cut">{target.name}</span>
                <small>{target.kind}</small>
              </div>
            ))}
            {shown.length === 0 && <p className="small">No results</p>}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useTargets(): Target[] {
  const navigate = useNavigate()
  const { data: agents } = useQuery(agentsQuery)
  return [
    { name: 'New thread', kind: 'chat', go: () => void navigate({ to: '/threads' }) },
    ...places.map(({ to, name }) => ({ name, kind: 'page', go: () => void navigate({ to }) })),
    { name: 'Compare runs', kind: 'page', go: () => void navigate({ to: '/runs/compare' }) },
    { name: 'Keys', kind: 'page', go: () => void navigate({ to: '/settings/keys' }) },
    { name: 'Secrets', kind: 'page', go: () => void navigate({ to: '/settings/secrets' }) },
    { name: 'New agent', kind: 'page', go: () => void navigate({ to: '/new-agent' }) },
    ...(agents?.data ?? []).flatMap(({ name }) => [
      { name, kind: 'agent', go: () => void navigate({ to: '/agents/$name', params: { name } }) },
      {
        name: `Chat with ${name}`,
        kind: 'agent',
        go: () => void navigate({ to: '/threads', search: { agent: name } }),
      },
    ]),
  ]
}
