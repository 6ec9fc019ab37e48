import type { Used } from '#/api/types'
import { clockTime, count, day, money } from '#/ui/format'
import { costOf } from './report'
import './usage-bars.css'

/** Cost over time; where nothing has cost anything, tokens. Each bar says its figures to whoever cannot see it. */
export function UsageBars({ rows, bucket }: { rows: Used[]; bucket: 'hour' | 'day' }) {
  const isPriced = rows.some((row) => costOf(row) > 0)
  const figure = (row: Used) => (isPriced ? costOf(row) : row.tokens)
  const greatest = Math.max(1, ...rows.map(figure))
  const when = (row: Used) => (bucket === 'hour' ? clockTime(row.at).slice(0, 5) : day(row.at))
  return (
    <figure className="usage-bars">
      <figcaption>
        {isPriced ? 'Cost' : 'Tokens'} per {bucket}
      </figcaption>
      <ol>
        {rows.map((row) => {
          const says = `${when(row)}: ${row.cost ? money(row.cost) : 'no price'}, ${count(row.runs)} runs, ${count(row.tokens)} tokens`
          return (
            <li key={row.at} title={says}>
              <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  x="1"
                  width="8"
                  y={100 - (100 * figure(row)) / greatest}
                  height={(100 * figure(row)) / greatest}
                />
              </svg>
              <span className="hidden">{says}</span>
            </li>
          )
        })}
      </ol>
      <p className="ends" aria-hidden="true">
        <span>{rows[0] && when(rows[0])}</span>
        <span>{rows.length > 0 && when(rows.at(-1)!)}</span>
      </p>
    </figure>
  )
}
