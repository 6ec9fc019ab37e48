const LONGEST_VALUE = 60
const LONGEST = 200

/** All short arguments in one line, so that two requests can be told apart; a long one says only that it is there. */
export function argumentsLine(values: Record<string, unknown> | null | undefined): string {
  const parts = Object.entries(values ?? {}).map(([name, value]) => `${name}: ${short(value)}`)
  const line = parts.join(' · ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

function short(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ').trim()
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text
}
