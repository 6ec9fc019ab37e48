import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { agentsQuery } from '#/api/agents'
import { sessionQuery } from '#/api/session'
import { toolsQuery } from '#/api/tools'
import { Picker, type Choice } from '#/ui/Picker'
import type { ApprovalSearch, ShownState } from './search'

const states: Choice<ShownState>[] = [
  { value: 'open', label: 'Open' },
  { value: 'approved', label: 'Approved' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'expired', label: 'Expired' },
  { value: 'edited', label: 'Edited' },
  { value: 'withdrawn', label: 'Run ended first' },
  { value: 'any', label: 'Any state' },
]

type Sort = 'newest' | 'expiry'
const sorts: Choice<Sort>[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'expiry', label: 'Expiring first' },
]
type Whose = 'all' | 'mine'
const whose: Choice<Whose>[] = [
  { value: 'all', label: 'Requested by anyone' },
  { value: 'mine', label: 'Requested by me' },
]

/** What the list is narrowed by; all of it stands in the address. */
export function ApprovalFilters({ search }: { search: ApprovalSearch }) {
  const navigate = useNavigate({ from: '/approvals' })
  const { data: agents } = useQuery(agentsQuery)
  const { data: tools } = useQuery(toolsQuery)
  const { data: session } = useQuery(sessionQuery)
  const set = (change: ApprovalSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change, approval: undefined }) })
  const { state = 'open', agent = '', tool = '', sort, mine, run } = search
  return (
    <>
      <Picker
        label="Agent"
        value={agent}
        choices={named('Any agent', [...(agents?.data ?? []).map(({ name }) => name), agent])}
        onPick={(next) => set({ agent: next || undefined })}
      />
      <Picker
        label="Tool"
        value={tool}
        choices={named('Any tool', [...(tools ?? []).map(({ name }) => name), tool])}
        onPick={(next) => set({ tool: next || undefined })}
      />
      {session?.authMode === 'keys' && (
        <Picker<Whose>
          label="Requester"
          value={mine ? 'mine' : 'all'}
          choices={whose}
          onPick={(next) => set({ mine: next === 'mine' || undefined })}
        />
      )}
      <Picker<ShownState>
        label="State"
        value={state}
        choices={states}
        onPick={(next) => set({ state: next === 'open' ? undefined : next, sort: undefined })}
      />
      {state === 'open' && !run && (
        <Picker<Sort>
          label="Sort"
          value={sort ?? 'newest'}
          choices={sorts}
          onPick={(next) => set({ sort: next === 'expiry' ? next : undefined })}
        />
      )}
    </>
  )
}

const named = (any: string, names: string[]): Choice<string>[] => [
  { value: '', label: any },
  ...[...new Set(names)].filter(Boolean).map((name) => ({ value: name, label: name })),
]
