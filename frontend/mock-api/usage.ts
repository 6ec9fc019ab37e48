import type { StepRequest, UsageReport, Used } from '../src/api/types.ts'
import { page, type Route } from './answers.ts'
import { foundOf, matches } from './found.ts'
import { world, type MockRun } from './world.ts'

/** What the mock's runs have used; each hour or day is one row, and by `none` and `agent` they are told apart. */
function usageOf(runs: MockRun[], asked: URLSearchParams): UsageReport {
  const by = (asked.get('by') ?? 'none') as UsageReport['by']
  const bucket = (asked.get('bucket') ?? 'day') as UsageReport['bucket']
  const rows = new Map<string, Used>()
  for (const { run } of runs) {
    const name = by === 'agent' ? run.agent : by === 'thread' ? run.thread : ''
    const at = bucket === 'total' ? (asked.get('from') ?? run.createdAt) : `${run.createdAt.slice(0, 10)}T00:00:00Z`
    const row = rows.get(at + name) ?? { at, name, runs: 0, failed: 0, tokens: 0, cost: null, unpriced: 0 }
    const microUnits = (row.cost?.microUnits ?? 0) + (run.cost?.microUnits ?? 0)
    rows.set(at + name, {
      ...row,
      runs: row.runs + 1,
      failed: row.failed + (run.state === 'failed' ? 1 : 0),
      tokens: row.tokens + run.usage.inputTokens + run.usage.outputTokens,
      cost: { microUnits, currency: 'USD' },
    })
  }
  const data = [...rows.values()].toSorted((a, b) => a.at.localeCompare(b.at))
  return { by, bucket, from: asked.get('from') ?? '', to: asked.get('to') ?? '', isExact: true, data }
}

/** As much of a request as the mock's models look at. */
const requestOf = ({ run }: MockRun, step: number): StepRequest => ({
  run: run.id,
  step,
  model: 'default',
  instructions: 'You answer briefly.',
  messages: (run.input ?? []).map(({ role, content }) => ({ role: role === 'system' ? 'user' : role, content })),
  tools: [],
  parameters: { temperature: null, maxOutputTokens: null, mustCall: false, schema: null },
  same: true,
})

let saved: { data: { name: string; query: string }[] } = { data: [] }

export const usageRoutes = (runs: () => MockRun[], one: (id: string) => MockRun): Route[] => [
  ['GET', /^\/api\/v1\/search$/, ({ query }) => page(runs().map(foundOf).filter(matches(query)), query)],
  [
    'GET',
    /^\/api\/v1\/search\/count$/,
    ({ query }) => ({ runs: runs().map(foundOf).filter(matches(query)).length, isExact: true }),
  ],
  ['GET', /^\/api\/v1\/search\/saved$/, () => saved],
  ['PUT', /^\/api\/v1\/search\/saved$/, ({ body }) => (saved = JSON.parse(body) as typeof saved)],
  ['GET', /^\/api\/v1\/usage$/, ({ query }) => usageOf(runs(), query)],
  [
    'GET',
    /^\/api\/v1\/runs\/([^/]+)\/steps\/(\d+)\/request$/,
    ({ params }) => requestOf(one(params[0]!), Number(params[1])),
  ],
  [
    'DELETE',
    /^\/api\/v1\/agents\/([^/]+)$/,
    ({ params }) => {
      delete world.revisions[params[0]!]
    },
  ],
]
