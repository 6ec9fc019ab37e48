import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { hasStatus } from '#/api/errors'
import { sessionQuery, type RunFilter } from '#/api/queries'
import type { ApprovalState, RunState } from '#/api/types'
import { Failed, NotFound } from '#/shell/Failed'
import { Shell } from '#/shell/Shell'

/** All pages and their addresses. Every page but the shell is loaded when it is first opened. */
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  errorComponent: Failed,
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => ({ to: text(search.to) }),
  component: lazyRouteComponent(() => import('#/sign-in/SignInPage'), 'SignInPage'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery)
    } catch (error) {
      if (hasStatus(error, 401)) throw redirect({ to: '/sign-in', search: { to: location.href } })
      throw error
    }
  },
  component: Shell,
})
const within = () => shell

const home = createRoute({
  getParentRoute: within,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/threads', replace: true })
  },
})

const threadsPage = lazyRouteComponent(() => import('#/threads/ThreadsPage'), 'ThreadsPage')
const threads = createRoute({
  getParentRoute: within,
  path: '/threads',
  validateSearch: (search): { agent?: string } => ({ agent: text(search.agent) }),
  component: threadsPage,
})
const thread = createRoute({ getParentRoute: within, path: '/threads/$thread', component: threadsPage })

const states: RunState[] = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']
const runs = createRoute({
  getParentRoute: within,
  path: '/runs',
  validateSearch: (search): RunFilter => ({
    state: states.find((state) => state === search.state),
    agent: text(search.agent),
    thread: text(search.thread),
  }),
  component: lazyRouteComponent(() => import('#/runs/RunsPage'), 'RunsPage'),
})
export type RunSection = 'waterfall' | 'table' | 'log' | 'json'
const sections: RunSection[] = ['waterfall', 'table', 'log', 'json']
const run = createRoute({
  getParentRoute: within,
  path: '/runs/$run',
  validateSearch: (search): { show?: RunSection; step?: number } => ({
    show: sections.find((section) => section === search.show),
    step: typeof search.step === 'number' ? search.step : undefined,
  }),
  component: lazyRouteComponent(() => import('#/runs/RunPage'), 'RunPage'),
})

const compare = createRoute({
  getParentRoute: within,
  path: '/runs/compare',
  validateSearch: (search): { left?: string; right?: string } => ({
    left: text(search.left),
    right: text(search.right),
  }),
  component: lazyRouteComponent(() => import('#/runs/ComparePage'), 'ComparePage'),
})

const approvalStates: (ApprovalState | 'any')[] = [
  'open',
  'approved',
  'rejected',
  'expired',
  'edited',
  'withdrawn',
  'any',
]
const approvals = createRoute({
  getParentRoute: within,
  path: '/approvals',
  validateSearch: (search): { state?: ApprovalState | 'any'; run?: string; approval?: string } => ({
    state: approvalStates.find((state) => state === search.state),
    run: text(search.run),
    approval: text(search.approval),
  }),
  component: lazyRouteComponent(() => import('#/approvals/ApprovalsPage'), 'ApprovalsPage'),
})
const budgets = createRoute({
  getParentRoute: within,
  path: '/budgets',
  component: lazyRouteComponent(() => import('#/budgets/BudgetsPage'), 'BudgetsPage'),
})

const agents = createRoute({
  getParentRoute: within,
  path: '/agents',
  component: lazyRouteComponent(() => import('#/agents/AgentsPage'), 'AgentsPage'),
})
export type AgentSection = 'edit' | 'history'
const agent = createRoute({
  getParentRoute: within,
  path: '/agents/$name',
  validateSearch: (search): { show?: AgentSection; revision?: number } => ({
    show: search.show === 'edit' || search.show === 'history' ? search.show : undefined,
    revision: typeof search.revision === 'number' ? search.revision : undefined,
  }),
  component: lazyRouteComponent(() => import('#/agents/AgentPage'), 'AgentPage'),
})
const newAgent = createRoute({
  getParentRoute: within,
  path: '/new-agent',
  component: lazyRouteComponent(() => import('#/agents/NewAgentPage'), 'NewAgentPage'),
})
const tools = createRoute({
  getParentRoute: within,
  path: '/tools',
  component: lazyRouteComponent(() => import('#/tools/ToolsPage'), 'ToolsPage'),
})
const models = createRoute({
  getParentRoute: within,
  path: '/models',
  component: lazyRouteComponent(() => import('#/models/ModelsPage'), 'ModelsPage'),
})
const settings = createRoute({
  getParentRoute: within,
  path: '/settings',
  component: lazyRouteComponent(() => import('#/settings/SettingsPage'), 'SettingsPage'),
})
const keys = createRoute({
  getParentRoute: within,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('#/keys/KeysPage'), 'KeysPage'),
})
const reference = createRoute({
  getParentRoute: within,
  path: '/reference',
  component: lazyRouteComponent(() => import('#/reference/ReferencePage'), 'ReferencePage'),
})
const nothing = createRoute({ getParentRoute: within, path: '$', component: NotFound })

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    threads,
    thread,
    runs,
    compare,
    run,
    approvals,
    budgets,
    agents,
    agent,
    newAgent,
    tools,
    models,
    settings,
    keys,
    reference,
    nothing,
  ]),
])

export const consoleRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: Failed,
    scrollRestoration: false,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof consoleRouter>
  }
}
