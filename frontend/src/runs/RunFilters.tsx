import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { agentsQuery } from '#/api/agents'
import type { RunFilter, RunOrigin, RunSort } from '#/api/search'
import type { Rating, RunState, WaitingReason } from '#/api/types'
import { Button } from '#/ui/Button'
import { shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Picker, type Choice } from '#/ui/Picker'

type StateChoice = RunState | `waiting:${WaitingReason}` | 'any'
const states: Choice<StateChoice>[] = [
  { value: 'any', label: 'Any state' },
  { value: 'queued', label: 'Queued' },
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'waiting:approval', label: 'Needs approval' },
  { value: 'waiting:outcome_unknown', label: 'Outcome unknown' },
  { value: 'waiting:paused', label: 'Paused' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
]
const sorts: Choice<RunSort>[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'cost', label: 'Most expensive' },
  { value: 'duration', label: 'Longest' },
  { value: 'tokens', label: 'Most tokens' },
]
type OriginChoice = RunOrigin | 'any'
const origins: Choice<OriginChoice>[] = [
  { value: 'any', label: 'Any origin' },
  { value: 'request', label: 'Requests' },
  { value: 'call', label: 'Called by runs' },
  { value: 'retry', label: 'Retries' },
  { value: 'fork', label: 'Forks' },
  { value: 'replay', label: 'Replays' },
]
type FeedbackChoice = Rating | 'any'
const feedbacks: Choice<FeedbackChoice>[] = [
  { value: 'any', label: 'Any feedback' },
  { value: 'up', label: 'Thumbs up' },
  { value: 'down', label: 'Thumbs down' },
]
type Since = 'any' | 'hour' | 'day' | 'week'
const hours: Record<Exclude<Since, 'any'>, number> = { hour: 1, day: 24, week: 168 }
const times: Choice<Since>[] = [
  { value: 'any', label: 'Any time' },
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
]

const PAUSE_MS = 300

/** What the list is narrowed by; all of it stands in the address. */
export function RunFilters({ filter }: { filter: RunFilter }) {
  const navigate = useNavigate({ from: '/runs' })
  const { data: agents } = useQuery(agentsQuery)
  const names = [
    ...new Set([...(agents?.data ?? []).map((agent) => agent.name), ...(filter.agent ? [filter.agent] : [])]),
  ]
  const set = (change: RunFilter) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: 'q' in change })
  const pickState = (choice: StateChoice) => {
    const [state, waiting] = choice.split(':') as [RunState | 'any', WaitingReason | undefined]
    set({ state: state === 'any' ? undefined : state, waiting })
  }
  const state: StateChoice = filter.waiting ? `waiting:${filter.waiting}` : (filter.state ?? 'any')
  return (
    <div className="run-filters" role="search">
      <Words
        key={filter.q === undefined ? 'none' : 'some'}
        value={filter.q ?? ''}
        onChange={(q) => set({ q: q || undefined })}
      />
      <Picker<StateChoice> label="State" value={state} choices={states} onPick={pickState} />
      <Picker
        label="Agent"
        value={filter.agent ?? ''}
        choices={[{ value: '', label: 'Any agent' }, ...names.map((name) => ({ value: name, label: name }))]}
        onPick={(agent) => set({ agent: agent || undefined })}
      />
      <Picker<Since>
        label="Time"
        value={sinceOf(filter.from)}
        choices={times}
        onPick={(since) => set({ from: fromOf(since) })}
      />
      <Picker<OriginChoice>
        label="Origin"
        value={filter.origin ?? 'any'}
        choices={origins}
        onPick={(origin) => set({ origin: origin === 'any' ? undefined : origin })}
      />
      <Picker<FeedbackChoice>
        label="Feedback"
        value={filter.feedback ?? 'any'}
        choices={feedbacks}
        onPick={(feedback) => set({ feedback: feedback === 'any' ? undefined : feedback })}
      />
      <Picker<RunSort>
        label="Sort"
        value={filter.sort ?? 'newest'}
        choices={sorts}
        onPick={(sort) => set({ sort: sort === 'newest' ? undefined : sort })}
      />
      <Chosen name="Error" value={filter.error} onClear={() => set({ error: undefined })} />
      <Chosen name="Requester" value={filter.requester} onClear={() => set({ requester: undefined })} />
      <Chosen
        name="Thread"
        value={filter.thread && shortId(filter.thread)}
        onClear={() => set({ thread: undefined })}
      />
    </div>
  )
}

/** A filter that is set from elsewhere, with a way out of it. */
function Chosen({ name, value, onClear }: { name: string; value?: string; onClear: () => void }) {
  if (!value) return null
  return (
    <Button onClick={onClear} aria-label={`${name} ${value}, show all`}>
      {name} {value}
      <Icon name="close" />
    </Button>
  )
}

function Words({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const [typed, setTyped] = useState(value)
  const tell = useEffectEvent((words: string) => words !== value && onChange(words))
  useEffect(() => {
    const timer = setTimeout(() => tell(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <input
      type="search"
      className="input"
      aria-label="Search runs"
      placeholder="Words, an error or an id"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

/** An address keeps the moment; the choice it came from is told by how long ago that is. */
function sinceOf(from: string | undefined, now = Date.now()): Since {
  if (!from) return 'any'
  const ago = (now - Date.parse(from)) / 3_600_000
  return ago <= 3 ? 'hour' : ago <= 48 ? 'day' : 'week'
}

function fromOf(since: Since): string | undefined {
  if (since === 'any') return undefined
  const at = new Date(Date.now() - hours[since] * 3_600_000)
  at.setSeconds(0, 0)
  return at.toISOString()
}
