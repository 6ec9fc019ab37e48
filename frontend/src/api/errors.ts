import type { Problem, ProblemError } from './types'

/** The API said no, and why. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get status() {
    return this.problem.status
  }

  /** The code of the problem: the anchor of its `type`, in the kebab form of the problem list. */
  get code() {
    return this.problem.type.split('#').at(-1) ?? ''
  }
}

/** No answer came at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server didn't respond", { cause })
    this.name = 'Unreachable'
  }
}

/** A part of the console that could not be loaded, in each browser's words; Vite's own are for style sheets. */
const lostPart = /dynamically imported module|importing a module script|module script failed|preload CSS/i

/** A part of this page did not arrive: the server is away, or has parts of another version. */
export const isLostPart = (error: unknown) => error instanceof Error && lostPart.test(error.message)

export type Words = { title: string; detail?: string; hint?: string; requestId?: string; errors: ProblemError[] }

/** Any error in the words a person reads. */
export function inWords(error: unknown): Words {
  if (error instanceof ApiProblem) {
    const { title, detail, hint, requestId, errors } = error.problem
    return { title, detail: detail === title ? undefined : detail, hint, requestId, errors: errors ?? [] }
  }
  if (error instanceof Unreachable) {
    return {
      title: "The server didn't respond",
      hint: 'Nothing is lost: runs continue without this page. Check that the server is up, then try again',
      errors: [],
    }
  }
  if (isLostPart(error)) {
    return {
      title: 'A part of this page is not there',
      detail: 'The server is unreachable, or was upgraded',
      hint: 'The page tries again by itself',
      errors: [],
    }
  }
  const detail = error instanceof Error ? error.message : String(error)
  return { title: 'Something went wrong on this page', detail, hint: 'Reload the page', errors: [] }
}

export const hasStatus = (error: unknown, status: number) => error instanceof ApiProblem && error.status === status

/** Worth another try by itself: no answer, or an answer that says "not now". */
export const mayHeal = (error: unknown) =>
  error instanceof Unreachable || isLostPart(error) || (error instanceof ApiProblem && error.status >= 502)
