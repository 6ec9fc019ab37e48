/** Every address the console asks the API for. The pages' own addresses are typed by `routes.tsx`. */
type Query = Record<string, string | number | boolean | undefined | null>

const withQuery = (path: string, query: Query = {}) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  return search.size ? `${path}?${search}` : path
}
const id = encodeURIComponent

export const api = {
  info: '/info',
  ready: '/ready',
  openapi: '/openapi.json',
  session: '/api/v1/session',
  threads: (query?: Query) => withQuery('/api/v1/threads', query),
  thread: (thread: string) => `/api/v1/threads/${id(thread)}`,
  threadEvents: (thread: string, query?: Query) => withQuery(`/api/v1/threads/${id(thread)}/events`, query),
  runs: (query?: Query) => withQuery('/api/v1/runs', query),
  run: (run: string) => `/api/v1/runs/${id(run)}`,
  runEvents: (run: string, query?: Query) => withQuery(`/api/v1/runs/${id(run)}/events`, query),
  cancelRun: (run: string) => `/api/v1/runs/${id(run)}/cancel`,
  pauseRun: (run: string) => `/api/v1/runs/${id(run)}/pause`,
  resumeRun: (run: string) => `/api/v1/runs/${id(run)}/resume`,
  retryRun: (run: string) => `/api/v1/runs/${id(run)}/retry`,
  forkRun: (run: string) => `/api/v1/runs/${id(run)}/fork`,
  replayRun: (run: string) => `/api/v1/runs/${id(run)}/replay`,
  compareRuns: (left: string, right: string) => `/api/v1/runs/${id(left)}/compare/${id(right)}`,
  approvals: (query?: Query) => withQuery('/api/v1/approvals', query),
  approval: (approval: string) => `/api/v1/approvals/${id(approval)}`,
  decide: (approval: string) => `/api/v1/approvals/${id(approval)}/decision`,
  budgets: (query?: Query) => withQuery('/api/v1/budgets', query),
  budget: (budget: string) => `/api/v1/budgets/${id(budget)}`,
  startRun: (agent: string) => `/api/v1/agents/${id(agent)}/runs`,
  agents: (query?: Query) => withQuery('/api/v1/agents', query),
  agent: (name: string, query?: Query) => withQuery(`/api/v1/agents/${id(name)}`, query),
  revisions: (name: string, query?: Query) => withQuery(`/api/v1/agents/${id(name)}/revisions`, query),
  revision: (name: string, revision: number) => `/api/v1/agents/${id(name)}/revisions/${revision}`,
  publish: (name: string, revision: number) => `/api/v1/agents/${id(name)}/revisions/${revision}/publish`,
  tools: (query?: Query) => withQuery('/api/v1/tools', query),
  testTool: (name: string) => `/api/v1/tools/${id(name)}/test`,
  toolServers: (query?: Query) => withQuery('/api/v1/tool-servers', query),
  toolServer: (name: string) => `/api/v1/tool-servers/${id(name)}`,
  refreshToolServer: (name: string) => `/api/v1/tool-servers/${id(name)}/refresh`,
  decideOnTools: (name: string) => `/api/v1/tool-servers/${id(name)}/tools`,
  models: (query?: Query) => withQuery('/api/v1/models', query),
  testModel: (alias: string) => `/api/v1/models/${id(alias)}/test`,
  keys: '/api/v1/keys',
  key: (key: string) => `/api/v1/keys/${id(key)}`,
  secrets: '/api/v1/secrets',
  secret: (name: string) => `/api/v1/secrets/${id(name)}`,
}
