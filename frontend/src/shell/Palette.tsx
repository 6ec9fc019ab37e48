import { Dialog } from '@base-ui/react/dialog'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import { agentsQuery } from '#/api/agents'
import { quickSearchQuery } from '#/api/search'
import { sessionEnded, sessionQuery, signOut } from '#/api/session'
import { Veil } from '#/ui/Dialog'
import { theme, themes } from '#/ui/theme'
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
  const found = useFound(typed)
  const shown = [...targets.slice(0, 8), ...found]
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
                key={`${target.kind} ${target.name} ${index}`}
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

/** Runs with these words, and the threads they belong to. */
function useFound(typed: string): Target[] {
  const navigate = useNavigate()
  const words = useDeferredValue(typed.trim())
  const { data } = useQuery(quickSearchQuery(words))
  if (!words || !data) return []
  const threads = new Map(data.data.map((run) => [run.thread, run.input]))
  return [
    ...[...threads].map(([thread, input]) => ({
      name: input || thread,
      kind: 'thread',
      go: () => void navigate({ to: '/threads/$thread', params: { thread } }),
    })),
    ...data.data.map((run) => ({
      name: run.input || run.id,
      kind: `run · ${run.error?.code ?? run.state}`,
      go: () => void navigate({ to: '/runs/$run', params: { run: run.id } }),
    })),
    ...(data.data.length > 0
      ? [
          {
            name: `All runs with “${words}”`,
            kind: 'search',
            go: () => void navigate({ to: '/runs', search: { q: words } }),
          },
        ]
      : []),
  ]
}

function useTargets(): Target[] {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: session } = useQuery(sessionQuery)
  const { data: agents } = useQuery(agentsQuery)
  return [
    { name: 'Failed runs', kind: 'page', go: () => void navigate({ to: '/runs', search: { state: 'failed' } }) },
    { name: 'New thread', kind: 'action', go: () => void navigate({ to: '/threads' }) },
    ...places.map(({ to, name }) => ({ name, kind: 'page', go: () => void navigate({ to }) })),
    ...themes.map(({ value, label }) => ({
      name: `${label} theme`,
      kind: 'action',
      go: () => theme.pick(value),
    })),
    ...(session?.authMode === 'keys'
      ? [
          {
            name: 'Sign out',
            kind: 'action',
            go: () => void signOut().then(() => sessionEnded(queries, () => navigate({ to: '/sign-in' }))),
          },
        ]
      : []),
    { name: 'New workflow', kind: 'action', go: () => void navigate({ to: '/new-workflow' }) },
    { name: 'New trigger', kind: 'action', go: () => void navigate({ to: '/new-trigger' }) },
    { name: 'Compare runs', kind: 'page', go: () => void navigate({ to: '/runs/compare' }) },
    { name: 'API keys', kind: 'page', go: () => void navigate({ to: '/settings/keys' }) },
    { name: 'Secrets', kind: 'page', go: () => void navigate({ to: '/settings/secrets' }) },
    { name: 'Memory', kind: 'page', go: () => void navigate({ to: '/memories' }) },
    { name: 'New agent', kind: 'action', go: () => void navigate({ to: '/new-agent' }) },
    { name: 'New trigger', kind: 'page', go: () => void navigate({ to: '/new-trigger' }) },
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
