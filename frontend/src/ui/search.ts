/** Reads one parameter of an address: what is not of the expected kind is left out. */
export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
export const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
export const oneOf = <T>(known: readonly T[], value: unknown) => known.find((one) => one === value)
