/** A setting the test cannot do without. A test that cannot run fails and says why; it is never skipped. */
export function need(name: string, what: string): string {
  const value = process.env[name]
  if (!value)
    throw new Error(
      `${name} is missing: it must hold ${what}. "make test" sets it; to run one spec by hand, set it yourself`,
    )
  return value
}
