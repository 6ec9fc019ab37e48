import type { Budget, BudgetPeriod, BudgetScope, BudgetUnit, LimitName } from '#/api/types'
import { count, money } from '#/ui/format'

type Unit = BudgetUnit | LimitName

/** How an amount of each unit is written, in the words people plan with. Money is micro-units, time seconds. */
export function amount(unit: Unit, value: number): string {
  switch (unit) {
    case 'money':
      return money({ microUnits: value, currency: 'USD' })
    case 'time':
      return span(value)
    case 'output':
      return bytes(value)
    case 'depth':
      return count(value)
    default:
      return `${count(value)} ${unitNames[unit]}`
  }
}

/** Seconds as a person plans with them: 30 min, 1 h 30 min. */
export function span(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`
  const minutes = Math.floor((whole % 3600) / 60)
  return `${count(Math.floor(whole / 3600))} h${minutes ? ` ${minutes} min` : ''}`
}

const unitNames = { tokens: 'tokens', calls: 'calls', steps: 'steps' }

export function bytes(value: number): string {
  const [size, name] = value >= 1e9 ? [1e9, 'GB'] : value >= 1e6 ? [1e6, 'MB'] : value >= 1e3 ? [1e3, 'kB'] : [1, 'B']
  return `${(value / size).toLocaleString('en', { maximumFractionDigits: 1 })} ${name}`
}

/** What a person types a cap in, and how many of the API's own units that is. */
export const typed: Record<BudgetUnit, { label: string; each: number; step: string }> = {
  money: { label: 'USD', each: 1_000_000, step: '0.01' },
  tokens: { label: 'tokens', each: 1, step: '1' },
  calls: { label: 'model calls', each: 1, step: '1' },
  steps: { label: 'steps', each: 1, step: '1' },
  time: { label: 'minutes', each: 60, step: '1' },
  output: { label: 'MB', each: 1_000_000, step: '0.1' },
}

export const units: { value: BudgetUnit; label: string }[] = [
  { value: 'money', label: 'Money' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'calls', label: 'Model calls' },
  { value: 'steps', label: 'Steps' },
  { value: 'time', label: 'Time' },
  { value: 'output', label: 'Tool results' },
]
export const periods: { value: BudgetPeriod; label: string }[] = [
  { value: 'month', label: 'per month' },
  { value: 'day', label: 'per day' },
  { value: 'total', label: 'in total' },
]
export const resets: { value: BudgetPeriod; label: string }[] = [
  { value: 'month', label: 'Every month' },
  { value: 'day', label: 'Every day' },
  { value: 'total', label: 'Never' },
]
export const scopes: { value: BudgetScope; label: string; one: string }[] = [
  { value: 'tenant', label: 'Whole workspace', one: 'workspace' },
  { value: 'agent', label: 'Agent', one: 'agent' },
  { value: 'key', label: 'Key', one: 'key' },
  { value: 'user', label: 'User', one: 'user' },
  { value: 'thread', label: 'Thread', one: 'thread' },
]

/** Whose budget it is, as a sentence begins. */
export function whose({ scope, subject }: Pick<Budget, 'scope' | 'subject'>): string {
  if (scope === 'tenant') return 'Whole workspace'
  if (subject === '*' || !subject) return `Each ${scope}`
  return `${scope[0]!.toUpperCase()}${scope.slice(1)} ${subject}`
}

export const share = (part: number, cap: number) => (cap <= 0 ? 100 : Math.min(100, Math.max(0, (part / cap) * 100)))

/** When it is used up, if spending goes on as it has in this period; nothing where the period ends before, or has just begun. */
export function usedUpAt({ period, periodEndsAt, cap }: Budget, spent: number, now = Date.now()): string | undefined {
  if (!periodEndsAt || spent <= 0 || spent >= cap) return undefined
  const ends = new Date(periodEndsAt)
  const begun = new Date(ends)
  if (period === 'month') begun.setUTCMonth(begun.getUTCMonth() - 1)
  else begun.setUTCDate(begun.getUTCDate() - 1)
  const past = now - begun.getTime()
  const at = begun.getTime() + (past * cap) / spent
  const tooSoon = past < (ends.getTime() - begun.getTime()) / 20
  return tooSoon || at >= ends.getTime() ? undefined : new Date(at).toISOString()
}
