import type { ProblemError } from '#/api/types'

const ROOM = 42

/** Each problem at the height of its line, pushed down where two would meet; those without a line come first. */
export function placeBeside(errors: ProblemError[], lineHeight: number): { error: ProblemError; offset: number }[] {
  let free = 0
  return [...errors]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map((error) => {
      const offset = Math.max(free, ((error.line ?? 1) - 1) * lineHeight)
      free = offset + ROOM
      return { error, offset }
    })
}
