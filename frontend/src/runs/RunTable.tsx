import { Link } from '@tanstack/react-router'
import type { FoundRun } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import { count, duration, money, plural, shortId } from '#/ui/format'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { columns, type Column } from './columns'
import { programName } from './program'

type Props = {
  runs: FoundRun[]
  shown: Column[]
  ticked: ReadonlySet<string>
  onTick: (run: string, on: boolean) => void
}

/** How a column stands in the table: what may be left out where there is little room. */
const classes: Record<Column, string> = {
  agent: 'wide',
  steps: 'numeric wide roomy',
  tokens: 'numeric wide roomy',
  cost: 'numeric wide',
  duration: 'numeric wide',
  requester: 'wide roomy',
  id: 'wide roomy',
  started: 'numeric',
}

/** Runs with what each was asked, and why it failed. */
export function RunTable({ runs, shown, ticked, onTick }: Props) {
  return (
    <Table>
      <thead>
        <tr>
          <th className="wide tick-cell">
            <span className="hidden">Selected</span>
          </th>
          <th>State</th>
          <th>Input</th>
          {shown.map((column) => (
            <th key={column} className={classes[column]}>
              {columns.find(({ value }) => value === column)!.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} shown={shown} ticked={ticked.has(run.id)} onTick={onTick} />
        ))}
      </tbody>
    </Table>
  )
}

type RowProps = Omit<Props, 'runs' | 'ticked'> & { run: FoundRun; ticked: boolean }

function RunRow({ run, shown, ticked, onTick }: RowProps) {
  return (
    <tr>
      <td className="wide tick-cell">
        <label>
          <input
            type="checkbox"
            aria-label={`Select run ${shortId(run.id)}`}
            checked={ticked}
            onChange={(event) => onTick(run.id, event.target.checked)}
          />
        </label>
      </td>
      <td className="state-cell">
        <StateMark state={statusOf({ ...run, waiting: run.waiting && { ...run.waiting, step: null } })} />
      </td>
      <td className="asked">
        <Link to="/runs/$run" params={{ run: run.id }} className="main cut">
          {run.input || shortId(run.id)}
        </Link>
        {run.error && (
          <small className="why cut" title={run.error.message}>
            <Link from="/runs" to="/runs" search={(search) => ({ ...search, error: run.error?.code })}>
              {run.error.code}
            </Link>{' '}
            {run.error.message}
          </small>
        )}
        <small className="narrow-only">
          {programName(run)} · {plural(run.steps, 'step')}
        </small>
      </td>
      {shown.map((column) => (
        <td key={column} className={`${classes[column]} quiet ${column}-cell`}>
          <Cell run={run} column={column} />
        </td>
      ))}
    </tr>
  )
}

function Cell({ run, column }: { run: FoundRun; column: Column }) {
  switch (column) {
    case 'agent':
      return (
        <>
          {programName(run)}
          {run.origin !== 'request' && <Tag>{run.origin}</Tag>}
        </>
      )
    case 'steps':
      return <>{run.steps}</>
    case 'tokens':
      return <>{count(run.tokens)}</>
    case 'cost':
      return <>{run.cost ? money(run.cost) : 'unknown'}</>
    case 'duration':
      return <>{run.durationMs === null ? '–' : duration(run.durationMs)}</>
    case 'requester':
      return run.requester ? (
        <Link from="/runs" to="/runs" search={(search) => ({ ...search, requester: run.requester ?? undefined })}>
          {run.requester}
        </Link>
      ) : null
    case 'id':
      return <code>{shortId(run.id)}</code>
    case 'started':
      return <Time at={run.createdAt} />
  }
}
