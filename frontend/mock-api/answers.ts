import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page, Problem } from '../src/api/types.ts'

/** What every route of the mock is made from. */
export type Call = {
  params: string[]
  query: URLSearchParams
  body: string
  request: IncomingMessage
  response: ServerResponse
}
export type Route = [method: string, path: RegExp, handle: (call: Call) => unknown]

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly more: Partial<Problem> = {},
  ) {
    super(title)
  }
}
export const notFound = (what: string, name: string) =>
  new Refusal(404, 'not-found', `No ${what} "${name}"`, { hint: `The list of ${what}s shows what there is` })

export function page<T>(all: T[], query: URLSearchParams): Page<T> {
  const from = Number(query.get('after') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  const more = all.length > from + limit
  return { data: all.slice(from, from + limit), hasMore: more, nextCursor: more ? String(from + limit) : null }
}
export const raise = (refusal: Refusal): never => {
  throw refusal
}
