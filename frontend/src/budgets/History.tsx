import { useQuery } from '@tanstack/react-query'
import type { Budget } from '#/api/types'
import { usageQuery } from '#/api/usage'
import { day } from '#/ui/format'
import { lastDays, perDay } from './history'
import { amount } from './units'
import './history.css'

/** What a workspace or an agent spent on each of the last 30 days, as a line of bars; other budgets have none. */
export function History({ budget }: { budget: Budget }) {
  const isTold =
    (budget.unit === 'money' || budget.unit === 'tokens') &&
    (budget.scope === 'tenant' || (budget.scope === 'agent' && budget.subject !== '*'))
  const { from, to } = lastDays(30)
  const usage = useQuery({ ...usageQuery({ by: 'agent', from, to, bucket: 'day' }), enabled: isTold })
  if (!isTold || !usage.data) return null
  const days = perDay(usage.data.data, budget, from, to)
  const greatest = Math.max(...days.map(({ spent }) => spent))
  if (greatest === 0) return null
  const peak = days.find(({ spent }) => spent === greatest)!
  const says = `Last 30 days: at most ${amount(budget.unit, greatest)}, on ${day(peak.at)}`
  return (
    <figure className="budget-history">
      <svg viewBox={`0 0 ${days.length * 4} 24`} preserveAspectRatio="none" role="img" aria-label={says}>
        {days.map(({ at, spent }, n) => (
          <rect key={at} x={n * 4} width="3" y={24 - (24 * spent) / greatest} height={(24 * spent) / greatest}>
            <title>{`${day(at)}: ${amount(budget.unit, spent)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>{says}</figcaption>
    </figure>
  )
}
