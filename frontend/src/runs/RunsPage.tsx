import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { agentsQuery } from '#/api/agents'
import { inWords } from '#/api/errors'
import { runsQuery, type RunFilter } from '#/api/runs'
import { threadTitlesQuery } from '#/api/threads'
import type { Run, RunState } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { count, duration, money, plural, shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { More } from '#/ui/More'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Picker, type Choice } from '#/ui/Picker'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import './runs-page.css'

type StateChoice = RunState | 'any'
const states: Choice<StateChoice>[] = [
  { value: 'any', label: 'Any state' },
  { value: 'queued', label: 'Queued' },
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
]

export function RunsPage() {
  const filter = useSearch({ from: '/shell/runs' })
  const runs = useInfiniteQuery({ ...runsQuery(filter), refetchInterval: 5_000 })
  const list = runs.data?.pages.flatMap((page) => page.data)
  const filtered = Object.values(filter).some(Boolean)
  return (
    <Page title="Runs" actions={<Filters filter={filter} />}>
      <Content label="Runs">
        {runs.error && <Problem says={inWords(runs.error)} />}
        {runs.isPending && <Bones />}
        {list?.length === 0 && (
          <Empty says={filtered ? 'No matching runs' : 'No runs yet'}>
            {filtered ? (
              <ButtonLink to="/runs">Show all runs</ButtonLink>
            ) : (
              <ButtonLink kind="go" to="/threads">
                Start a chat
              </ButtonLink>
            )}
          </Empty>
        )}
        {!!list?.length && <RunTable runs={list} />}
        <More of={runs} />
      </Content>
    </Page>
  )
}

function Filters({ filter }: { filter: RunFilter }) {
  const navigate = useNavigate({ from: '/runs' })
  const { data: agents } = useQuery(agentsQuery)
  const names = [
    ...new Set([...(agents?.data ?? []).map((agent) => agent.name), ...(filter.agent ? [filter.agent] : [])]),
  ]
  const set = (change: RunFilter) => void navigate({ search: { ...filter, ...change } })
  return (
    <>
      {filter.thread && (
        <Button onClick={() => set({ thread: undefined })} title="Show runs of all threads">
          Thread {shortId(filter.thread)}
          <Icon name="close" />
        </Button>
      )}
      <Picker<StateChoice>
        label="State"
        value={filter.state ?? 'any'}
        choices={states}
        onPick={(state) => set({ state: state === 'any' ? undefined : state })}
      />
      <Picker
        label="Agent"
        value={filter.agent ?? ''}
        choices={[{ value: '', label: 'Any agent' }, ...names.map((name) => ({ value: name, label: name }))]}
        onPick={(agent) => set({ agent: agent || undefined })}
      />
    </>
  )
}

function RunTable({ runs }: { runs: Run[] }) {
  const { data: titles } = useQuery(threadTitlesQuery)
  return (
    <Table>
      <thead>
        <tr>
          <th>State</th>
          <th>Thread</th>
          <th className="wide">Agent</th>
          <th className="numeric wide roomy">Steps</th>
          <th className="numeric wide roomy">Tokens</th>
          <th className="numeric wide">Cost</th>
          <th className="numeric wide">Duration</th>
          <th className="numeric">Started</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} title={titles?.get(run.thread)} />
        ))}
      </tbody>
    </Table>
  )
}

function RunRow({ run, title }: { run: Run; title?: string }) {
  return (
    <tr>
      <td className="state-cell">
        <StateMark state={statusOf(run)} />
      </td>
      <td className="asked">
        <Link to="/runs/$run" params={{ run: run.id }} className="main cut">
          {title || shortId(run.id)}
        </Link>
        <small className="narrow-only">
          {run.agent} · {plural(run.steps, 'step')}
        </small>
      </td>
      <td className="wide quiet agent-cell">
        {run.agent}
        {run.origin && <Tag>{run.origin.how}</Tag>}
      </td>
      <td className="numeric wide roomy quiet">{run.steps}</td>
      <td className="numeric wide roomy quiet">{count(run.usage.inputTokens + run.usage.outputTokens)}</td>
      <td className="numeric wide quiet">{run.cost ? money(run.cost) : 'unknown'}</td>
      <td className="numeric wide quiet">
        {run.endedAt ? duration(Date.parse(run.endedAt) - Date.parse(run.createdAt)) : '–'}
      </td>
      <td className="numeric quiet">
        <Time at={run.createdAt} />
      </td>
    </tr>
  )
}
