/** How numbers and times are written, in one place. */
const whole = new Intl.NumberFormat('en')

export const count = (amount: number) => whole.format(amount)

export const plural = (amount: number, one: string, many = `${one}s`) => `${count(amount)} ${amount === 1 ? one : many}`

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** Time to come: as coarse as a person plans with, to the second only near the end. */
export function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 300) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 24 * 60) return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`
  return (
    plural(Math.floor(minutes / 1440), 'day') + (minutes % 1440 >= 60 ? ` ${Math.floor((minutes % 1440) / 60)} h` : '')
  )
}

/** Money from integer micro-units; small sums keep the digits that tell something. */
export function money({ microUnits, currency }: { microUnits: number; currency: string }): string {
  const digits = microUnits === 0 ? 0 : microUnits < 100 ? 6 : microUnits < 1_000_000 ? 4 : 2
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(microUnits / 1_000_000)
}

/** A price from integer micro-units: two decimals as all prices have them, more only where they tell something. */
export const price = ({ microUnits, currency }: { microUnits: number; currency: string }) =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(microUnits / 1_000_000)

const units: [name: string, seconds: number][] = [
  ['min', 60],
  ['h', 3600],
]

/** How long ago, or in how long, as people say it; older than a month as a date. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((now - Date.parse(iso)) / 1000)
  const far = Math.abs(seconds)
  if (far < 45) return seconds < -5 ? `in ${far} s` : 'just now'
  if (far > 30 * 86_400) return day(iso)
  const says = far >= 86_400 ? plural(Math.round(far / 86_400), 'day') : span(far)
  if (seconds < 0) return `in ${says}`
  return says === '1 day' ? 'yesterday' : `${says} ago`
}

function span(seconds: number): string {
  const [name, length] = units.findLast(([, least]) => seconds >= least) ?? units[0]!
  return `${Math.max(1, Math.round(seconds / length))} ${name}`
}

export const day = (iso: string) =>
  new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
export const exact = (iso: string) =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
/** To the millisecond. */
export const exactTime = (iso: string) =>
  `${clockTime(iso)}.${String(new Date(iso).getMilliseconds()).padStart(3, '0')}`
export const clockTime = (iso: string) => new Date(iso).toLocaleTimeString('en-GB')

/** The first and last characters of an id: enough to tell two apart. */
export const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)
