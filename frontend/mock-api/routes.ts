import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Key, Run, Said, Session } from '../src/api/types.ts'
import { checkDefinition } from './definitions.ts'
import { models, tools, triedModel } from './lists.ts'
import { notFound, page, raise, Refusal, type Call, type Route } from './answers.ts'
import { people } from './people.ts'
import { upkeep } from './upkeep.ts'
import { readDescription } from '../tools/served.ts'
import { startRun } from './script.ts'
import { usageRoutes } from './usage.ts'
import { agentOf, newId, now, openThread, replicas, started, world, type Live, type MockRun } from './world.ts'

/** MOCK_AUTH=keys asks for a key first; any key that begins with wh_default_ opens. */
const authMode = process.env.MOCK_AUTH === 'keys' ? 'keys' : 'none'
const cookie = 'wheelhouse_session=mock'
const session: Session = {
  tenant: 'default',
  authMode,
  name: authMode === 'keys' ? 'bootstrap' : 'no sign-in',
  scopes: ['read', 'run', 'build', 'admin', 'approve'],
  csrfToken: authMode === 'keys' ? 'mock-token' : null,
}

const newest = <T>(all: Iterable<T>, at: (item: T) => string) => [...all].sort((a, b) => at(b).localeCompare(at(a)))
const runs = () => newest(world.runs.values(), (mock) => mock.run.createdAt)
const one = (id: string): MockRun => world.runs.get(id) ?? raise(notFound('run', id))
const routes: Route[] = [
  [
    'GET',
    /^\/info$/,
    () => ({
      name: 'Wheelhouse',
      version: '0.1.0',
      authMode,
      demo: true,
      replica: replicas[0],
      replicas: 2,
      startedAt: started,
    }),
  ],
  ['GET', /^\/ready$/, () => ({ status: 'ready', checks: [{ name: 'database', ok: true, message: null }] })],
  ['GET', /^\/openapi\.json$/, readDescription],
  ['GET', /^\/api\/v1\/session$/, () => session],
  [
    'POST',
    /^\/api\/v1\/session$/,
    ({ body, response }) => {
      const { key } = JSON.parse(body) as { key: string }
      if (!key.startsWith('wh_default_') || key.includes('wrong'))
        throw new Refusal(401, 'unauthenticated', "That key isn't valid", {
          detail: 'It is unknown, expired or revoked',
          hint: 'Ask for a new one',
        })
      response.setHeader('Set-Cookie', `${cookie}; Path=/; HttpOnly; SameSite=Strict`)
      return session
    },
  ],
  [
    'DELETE',
    /^\/api\/v1\/session$/,
    ({ response }) => {
      response.setHeader('Set-Cookie', 'wheelhouse_session=; Path=/; Max-Age=0')
    },
  ],
  [
    'GET',
    /^\/api\/v1\/threads\/([^/]+)$/,
    ({ params }) => world.threads.get(params[0]!) ?? raise(notFound('thread', params[0]!)),
  ],
  [
    'GET',
    /^\/api\/v1\/threads\/([^/]+)\/events$/,
    ({ params, query }) => {
      if (!world.threads.has(params[0]!)) throw notFound('thread', params[0]!)
      return page(
        runs()
          .filter((mock) => mock.run.thread === params[0])
          .map(({ run, events }) => ({ run, events })),
        query,
      )
    },
  ],
  ...usageRoutes(runs, one),
  [
    'GET',
    /^\/api\/v1\/runs$/,
    ({ query }) =>
      page(
        runs()
          .map((mock) => mock.run)
          .filter((run) =>
            (['state', 'agent', 'thread'] as const).every((name) => !query.get(name) || run[name] === query.get(name)),
          )
          // As in the backend, a list does not carry the texts.
          .map((run) => ({ ...run, input: null, output: null })),
        query,
      ),
  ],
  ['GET', /^\/api\/v1\/runs\/([^/]+)$/, ({ params }) => one(params[0]!).run],
  ['GET', /^\/api\/v1\/runs\/([^/]+)\/events$/, (call) => sendEvents(one(call.params[0]!), call)],
  [
    'POST',
    /^\/api\/v1\/runs\/([^/]+)\/cancel$/,
    ({ params, response }) => {
      response.statusCode = 202
      const mock = one(params[0]!)
      mock.cancelled = true
      return mock.run
    },
  ],
  ...people,
  ...upkeep,
  ['POST', /^\/api\/v1\/agents\/([^/]+)\/runs$/, create],
  [
    'GET',
    /^\/api\/v1\/agents$/,
    ({ query }) =>
      page(
        Object.keys(world.revisions)
          .sort()
          .map((name) => ({ ...agentOf(name), yaml: undefined, definition: undefined })),
        query,
      ),
  ],
  ['GET', /^\/api\/v1\/agents\/([^/]+)$/, ({ params }) => agentOf(params[0]!) ?? raise(notFound('agent', params[0]!))],
  ['PUT', /^\/api\/v1\/agents\/([^/]+)$/, put],
  [
    'GET',
    /^\/api\/v1\/agents\/([^/]+)\/revisions$/,
    ({ params, query }) =>
      page(
        (world.revisions[params[0]!] ?? raise(notFound('agent', params[0]!))).map(({ yaml: _yaml, ...rest }) => rest),
        query,
      ),
  ],
  [
    'GET',
    /^\/api\/v1\/agents\/([^/]+)\/revisions\/(\d+)$/,
    ({ params }) =>
      world.revisions[params[0]!]?.find((revision) => revision.revision === Number(params[1])) ??
      raise(notFound('revision', params[1]!)),
  ],
  [
    'POST',
    /^\/api\/v1\/agents\/([^/]+)\/revisions\/(\d+)\/publish$/,
    ({ params }) => {
      for (const revision of world.revisions[params[0]!] ?? [])
        revision.published = revision.revision === Number(params[1])
      return agentOf(params[0]!)
    },
  ],
  ['GET', /^\/api\/v1\/tool-servers$/, ({ query }) => page([], query)],
  ['GET', /^\/api\/v1\/tools$/, ({ query }) => page(tools, query)],
  ['GET', /^\/api\/v1\/models$/, ({ query }) => page(models, query)],
  ['POST', /^\/api\/v1\/models\/([^/]+)\/test$/, ({ params }) => triedModel(params[0]!)],
  ['GET', /^\/api\/v1\/keys$/, ({ query }) => page(world.keys, query)],
  [
    'POST',
    /^\/api\/v1\/keys$/,
    ({ body, response }) => {
      const { name, scopes, expiresInDays } = JSON.parse(body) as {
        name: string
        scopes: Key['scopes']
        expiresInDays?: number
      }
      if (!name.trim())
        throw new Refusal(422, 'invalid-arguments', 'The key was not created', {
          errors: [{ path: '/name', message: 'A key needs a name', hint: 'Say who will use it' }],
        })
      const secret = `wh_default_${newId().replaceAll('-', '')}`
      const key = {
        id: newId(),
        name,
        prefix: secret.slice(0, 15),
        scopes,
        createdAt: now(),
        expiresAt: expiresInDays ? new Date(Date.now() + expiresInDays * 86_400_000).toISOString() : null,
        lastUsedAt: null,
      }
      world.keys.unshift(key)
      response.statusCode = 201
      return { ...key, secret }
    },
  ],
  [
    'DELETE',
    /^\/api\/v1\/keys\/([^/]+)$/,
    ({ params }) => {
      world.keys = world.keys.filter((key) => key.id !== params[0])
    },
  ],
  ['GET', /^\/api\/v1\/secrets$/, ({ query }) => page(world.secrets, query)],
  [
    'PUT',
    /^\/api\/v1\/secrets\/([^/]+)$/,
    ({ params, body }) => {
      const name = params[0]!
      const { hosts, description = '' } = JSON.parse(body) as { hosts: string[]; description?: string }
      const old = world.secrets.find((secret) => secret.name === name)
      const secret = {
        name,
        hosts,
        description,
        version: (old?.version ?? 0) + 1,
        createdAt: old?.createdAt ?? now(),
        updatedAt: now(),
      }
      world.secrets = [...world.secrets.filter((other) => other !== old), secret].toSorted((left, right) =>
        left.name.localeCompare(right.name),
      )
      return secret
    },
  ],
  [
    'DELETE',
    /^\/api\/v1\/secrets\/([^/]+)$/,
    ({ params }) => {
      world.secrets = world.secrets.filter((secret) => secret.name !== params[0])
    },
  ],
]

function create({ params, body, response }: Call): Run {
  const agent = agentOf(params[0]!) ?? raise(notFound('agent', params[0]!))
  const asked = JSON.parse(body) as {
    input: string | Said[]
    thread?: string
    metadata?: Record<string, string>
    revision?: number
  }
  const input = typeof asked.input === 'string' ? [{ role: 'user' as const, content: asked.input }] : asked.input
  // A sentinel: this message is refused, so that the error path can be seen without breaking anything.
  if (input[0]?.content === 'refuse')
    throw new Refusal(429, 'rate-limited', 'Too many runs at once', {
      detail: 'Tenant "default" has 20 runs under way, its limit is 20',
      hint: 'Wait for one to finish, or cancel one',
    })
  const thread = asked.thread
    ? (world.threads.get(asked.thread) ?? raise(notFound('thread', asked.thread)))
    : openThread(agent.name, input[0]?.content.slice(0, 80) ?? 'Thread')
  if (thread.activeRun)
    throw new Refusal(409, 'thread-busy', 'The thread is busy', {
      detail: `Run "${thread.activeRun}" of this thread has not ended`,
      hint: 'Wait for its answer, or stop it',
    })
  response.statusCode = 201
  return startRun(agent.name, asked.revision ?? agent.published ?? 1, input, thread, asked.metadata)
}

function put({ params, query, body }: Call) {
  const name = params[0]!
  const errors = checkDefinition(body, name)
  if (errors.length)
    throw new Refusal(422, 'invalid-definition', 'The definition was not saved', {
      detail: `Agent "${name}" has ${errors.length} problems`,
      errors,
    })
  if (query.get('dryRun') === 'true') return agentOf(name) ?? { name }
  const list = (world.revisions[name] ??= [])
  const publish = query.get('publish') !== 'false'
  if (list[0]?.yaml !== body)
    list.unshift({
      agent: name,
      revision: (list[0]?.revision ?? 0) + 1,
      published: false,
      createdAt: now(),
      author: null,
      note: null,
      yaml: body,
    })
  if (publish) for (const revision of list) revision.published = revision === list[0]
  return agentOf(name)
}

function sendEvents(mock: MockRun, { query, request, response }: Call) {
  const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? 0)
  if (!request.headers.accept?.includes('text/event-stream')) {
    const rest = mock.events.filter((event) => event.seq > after)
    const data = rest.slice(0, Number(query.get('limit') ?? 50))
    return { data, hasMore: rest.length > data.length, nextCursor: data.at(-1) ? String(data.at(-1)!.seq) : null }
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write('retry: 1000\n\n')
  const terminal = /run\.(succeeded|failed|cancelled)/
  const tell = (news: Live) => {
    if (news.kind === 'delta') response.write(`event: delta\ndata: ${JSON.stringify(news.delta)}\n\n`)
    else if (news.kind === 'running')
      response.write(`event: step.running\ndata: ${JSON.stringify({ run: mock.run.id, step: news.step })}\n\n`)
    else {
      response.write(`id: ${news.event.seq}\nevent: ${news.event.type}\ndata: ${JSON.stringify(news.event)}\n\n`)
      if (terminal.test(news.event.type)) response.end()
    }
  }
  for (const event of mock.events) if (event.seq > after) tell({ kind: 'event', event })
  for (const [step, text] of mock.text) tell({ kind: 'delta', delta: { run: mock.run.id, step, offset: 0, text } })
  if (mock.run.endedAt) return response.end()
  mock.listeners.add(tell)
  const heartbeat = setInterval(() => response.write(': hb\n\n'), 15_000)
  request.on('close', () => {
    clearInterval(heartbeat)
    mock.listeners.delete(tell)
  })
  return response
}

/** Answers a request of the API; false means it is none and the console's files are meant. */
export async function answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://mock')
  const requestId = newId()
  response.setHeader('X-Request-Id', requestId)
  const route = routes.find(([method, path]) => method === request.method && path.test(url.pathname))
  if (!route && !url.pathname.startsWith('/api/')) return false
  const json = (status: number, type: string, body: unknown) => {
    response.statusCode = status
    response.setHeader('Content-Type', type)
    response.end(JSON.stringify(body))
  }
  try {
    if (!route) throw new Refusal(404, 'not-found', `There is no ${url.pathname}`)
    const open =
      authMode === 'none' ||
      !url.pathname.startsWith('/api/') ||
      (request.method === 'POST' && url.pathname === '/api/v1/session')
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const knownKey = world.keys.some((key) => bearer.startsWith(key.prefix))
    if (!open && !knownKey && !request.headers.cookie?.includes(cookie))
      throw new Refusal(401, 'unauthenticated', 'Sign in first')
    let body = ''
    for await (const chunk of request) body += chunk
    const result = route[2]({
      params: route[1].exec(url.pathname)!.slice(1).map(decodeURIComponent),
      query: url.searchParams,
      body,
      request,
      response,
    })
    if (result === response || response.headersSent) return true
    if (result === undefined) response.writeHead(204).end()
    else json(response.statusCode, 'application/json', result)
  } catch (error) {
    const { status, code, message, more } =
      error instanceof Refusal ? error : new Refusal(500, 'internal', 'Internal error', { detail: String(error) })
    json(status, 'application/problem+json', {
      type: `/problems#${code}`,
      title: message,
      status,
      instance: url.pathname,
      requestId,
      errors: [],
      ...more,
    })
  }
  return true
}
