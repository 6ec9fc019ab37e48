import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { inWords } from '#/api/errors'
import type { Used } from '#/api/types'
import { usageCsv, usageQuery, type UsageBy, type UsageQuery } from '#/api/usage'
import { Button } from '#/ui/Button'
import { download } from '#/ui/download'
import { count, money, shortId } from '#/ui/format'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Picker, type Choice } from '#/ui/Picker'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { bucketOf, costOf, filled, lastDays, totalOf } from './report'
import type { Span } from './search'
import { UsageBars } from './UsageBars'
import './usage-page.css'

const ways: Choice<UsageBy>[] = [
  { value: 'agent', label: 'By agent' },
  { value: 'model', label: 'By model' },
  { value: 'key', label: 'By key' },
  { value: 'user', label: 'By user' },
  { value: 'thread', label: 'By thread' },
]
const heads: Record<UsageBy, string> = {
  none: '',
  agent: 'Agent',
  model: 'Model',
  key: 'Key',
  user: 'User',
  thread: 'Thread',
}
const times: Choice<Span>[] = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
]

/** What was spent, on what. */
export function UsagePage() {
  const { by = 'agent', days = '7' } = useSearch({ from: '/shell/usage' })
  const navigate = useNavigate({ from: '/usage' })
  const span = { ...lastDays(Number(days)), bucket: bucketOf(Number(days)) }
  const over = useQuery(usageQuery({ by: 'none', ...span }))
  const apart = useQuery(usageQuery({ by, ...span, bucket: 'total' }))
  const set = (change: { by?: UsageBy; days?: Span }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const error = over.error ?? apart.error
  const rows = over.data?.data
  return (
    <Page title="Usage" about="What runs have used and cost" actions={<Csv query={{ by, ...span }} />}>
      <div className="usage-filters">
        <Picker label="Time" value={days} choices={times} onPick={(next) => set({ days: next })} />
        <Picker label="Group by" value={by} choices={ways} onPick={(next) => set({ by: next })} />
      </div>
      <Content label="Usage">
        {error && <Problem says={inWords(error)} />}
        {(over.isPending || apart.isPending) && <Bones />}
        {rows?.length === 0 && <Empty says="No runs in this period" />}
        {rows !== undefined && rows.length > 0 && (
          <>
            <Totals rows={rows} isExact={over.data?.isExact ?? true} />
            <UsageBars rows={filled(rows, span)} bucket={span.bucket} />
          </>
        )}
        {!!apart.data?.data.length && <Apart by={by} rows={apart.data.data} />}
      </Content>
    </Page>
  )
}

function Totals({ rows, isExact }: { rows: Used[]; isExact: boolean }) {
  const total = totalOf(rows)
  return (
    <dl className="usage-totals">
      <div>
        <dt>Cost</dt>
        <dd>{total.cost ? money(total.cost) : 'unknown'}</dd>
      </div>
      <div>
        <dt>Runs</dt>
        <dd>
          {count(total.runs)}
          {total.failed > 0 && <small> {count(total.failed)} failed</small>}
        </dd>
      </div>
      <div>
        <dt>Tokens</dt>
        <dd>{count(total.tokens)}</dd>
      </div>
      {total.unpriced > 0 && (
        <p className="small">{count(total.unpriced)} runs have no price and are not in the cost.</p>
      )}
      {!isExact && <p className="small">Only the newest 200,000 runs are counted.</p>}
    </dl>
  )
}

function Apart({ by, rows }: { by: UsageBy; rows: Used[] }) {
  const sorted = rows.toSorted((a, b) => costOf(b) - costOf(a) || b.tokens - a.tokens)
  const isModel = by === 'model'
  return (
    <Table>
      <thead>
        <tr>
          <th>{heads[by]}</th>
          <th className="numeric">{isModel ? 'Calls' : 'Runs'}</th>
          {!isModel && <th className="numeric wide">Failed</th>}
          <th className="numeric wide">Tokens</th>
          <th className="numeric">Cost</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={row.name}>
            <td>
              <Name by={by} name={row.name} />
            </td>
            <td className="numeric quiet">{count(row.runs)}</td>
            {!isModel && <td className="numeric wide quiet">{count(row.failed)}</td>}
            <td className="numeric wide quiet">{count(row.tokens)}</td>
            <td className="numeric">{row.cost ? money(row.cost) : 'unknown'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** Leads to the runs behind the figure, where they can be asked for. */
function Name({ by, name }: { by: UsageBy; name: string }) {
  if (!name) return <>{by === 'agent' ? 'Reading documents' : 'none'}</>
  if (by === 'agent') return <RunsLink search={{ agent: name }} says={name} />
  if (by === 'key') return <RunsLink search={{ requester: name }} says={name} />
  if (by === 'thread') return <RunsLink search={{ thread: name }} says={shortId(name)} />
  return <>{name}</>
}

type Search = { agent?: string; requester?: string; thread?: string }

function RunsLink({ search, says }: { search: Search; says: string }) {
  return (
    <Link to="/runs" search={search} className="main">
      {says}
    </Link>
  )
}

function Csv({ query }: { query: UsageQuery }) {
  const load = useMutation({
    mutationFn: () => usageCsv(query),
    onSuccess: (text) => download(`usage-by-${query.by}-${query.from.slice(0, 10)}.csv`, text, 'text/csv'),
  })
  return (
    <Button onClick={() => load.mutate()} disabled={load.isPending}>
      Download CSV
    </Button>
  )
}
