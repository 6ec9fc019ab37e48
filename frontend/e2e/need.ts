/** A setting the test cannot do without. A test that cannot run fails and says why; it is never skipped. */
export function need(name: string, what: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(
      `${name} is missing: it must hold ${what}. "make test" sets it; to run one spec by hand, set it yourself`,
    )
  return value
}

export const addresses = 'the address of a running Wheelhouse with its console, or of several for tests side by side'

/** What a test uses of a setting with one value for each of those that run side by side. */
export function mine(name: string, what: string, index: number): string {
  const all = need(name, what).split(' ')
  return all[index % all.length]!
}
