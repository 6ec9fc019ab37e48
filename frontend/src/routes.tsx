import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { basePath } from '#/api/base'
import { agentSearch, newAgentSearch } from '#/agents/search'
import { hasStatus } from '#/api/errors'
import { sessionQuery } from '#/api/session'
import { approvalsSearch } from '#/approvals/search'
import { playgroundSearch } from '#/playground/search'
import { compareSearch, runSearch, runsSearch } from '#/runs/search'
import { Failed, NotFound } from '#/shell/Failed'
import { Shell } from '#/shell/Shell'
import { triggerSearch } from '#/triggers/search'
import { text } from '#/ui/search'
import { referenceSearch } from '#/reference/search'
import { usageSearch } from '#/usage/search'
import { workflowSearch } from '#/workflows/search'

/** All pages and their addresses. Every page but the shell is loaded when it is first opened. */
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

const runs = createRoute({
  getParentRoute: within,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('#/runs/RunsPage'), 'RunsPage'),
})
const run = createRoute({
  getParentRoute: within,
  path: '/runs/$run',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import('#/runs/RunPage'), 'RunPage'),
})

const compare = createRoute({
  getParentRoute: within,
  path: '/runs/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('#/runs/ComparePage'), 'ComparePage'),
})

const approvals = createRoute({
  getParentRoute: within,
  path: '/approvals',
  validateSearch: approvalsSearch,
  component: lazyRouteComponent(() => import('#/approvals/ApprovalsPage'), 'ApprovalsPage'),
})
const budgets = createRoute({
  getParentRoute: within,
  path: '/budgets',
  component: lazyRouteComponent(() => import('#/budgets/BudgetsPage'), 'BudgetsPage'),
})

const playground = createRoute({
  getParentRoute: within,
  path: '/runs/$run/playground',
  validateSearch: playgroundSearch,
  component: lazyRouteComponent(() => import('#/playground/PlaygroundPage'), 'PlaygroundPage'),
})
const usage = createRoute({
  getParentRoute: within,
  path: '/usage',
  validateSearch: usageSearch,
  component: lazyRouteComponent(() => import('#/usage/UsagePage'), 'UsagePage'),
})
const status = createRoute({
  getParentRoute: within,
  path: '/status',
  component: lazyRouteComponent(() => import('#/status/StatusPage'), 'StatusPage'),
})
const agents = createRoute({
  getParentRoute: within,
  path: '/agents',
  component: lazyRouteComponent(() => import('#/agents/AgentsPage'), 'AgentsPage'),
})
const agent = createRoute({
  getParentRoute: within,
  path: '/agents/$name',
  validateSearch: agentSearch,
  component: lazyRouteComponent(() => import('#/agents/AgentPage'), 'AgentPage'),
})
const newAgent = createRoute({
  getParentRoute: within,
  path: '/new-agent',
  validateSearch: newAgentSearch,
  component: lazyRouteComponent(() => import('#/agents/NewAgentPage'), 'NewAgentPage'),
})
const workflows = createRoute({
  getParentRoute: within,
  path: '/workflows',
  component: lazyRouteComponent(() => import('#/workflows/WorkflowsPage'), 'WorkflowsPage'),
})
const workflow = createRoute({
  getParentRoute: within,
  path: '/workflows/$name',
  validateSearch: workflowSearch,
  component: lazyRouteComponent(() => import('#/workflows/WorkflowPage'), 'WorkflowPage'),
})
const newWorkflow = createRoute({
  getParentRoute: within,
  path: '/new-workflow',
  component: lazyRouteComponent(() => import('#/workflows/NewWorkflowPage'), 'NewWorkflowPage'),
})
const triggers = createRoute({
  getParentRoute: within,
  path: '/triggers',
  component: lazyRouteComponent(() => import('#/triggers/TriggersPage'), 'TriggersPage'),
})
const trigger = createRoute({
  getParentRoute: within,
  path: '/triggers/$name',
  validateSearch: triggerSearch,
  component: lazyRouteComponent(() => import('#/triggers/TriggerPage'), 'TriggerPage'),
})
const newTrigger = createRoute({
  getParentRoute: within,
  path: '/new-trigger',
  component: lazyRouteComponent(() => import('#/triggers/NewTriggerPage'), 'NewTriggerPage'),
})
const webhooks = createRoute({
  getParentRoute: within,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('#/webhooks/WebhooksPage'), 'WebhooksPage'),
})
const webhook = createRoute({
  getParentRoute: within,
  path: '/webhooks/$name',
  component: lazyRouteComponent(() => import('#/webhooks/WebhookPage'), 'WebhookPage'),
})
const tools = createRoute({
  getParentRoute: within,
  path: '/tools',
  component: lazyRouteComponent(() => import('#/tools/ToolsPage'), 'ToolsPage'),
})
const collections = createRoute({
  getParentRoute: within,
  path: '/collections',
  component: lazyRouteComponent(() => import('#/collections/CollectionsPage'), 'CollectionsPage'),
})
const collection = createRoute({
  getParentRoute: within,
  path: '/collections/$id',
  component: lazyRouteComponent(() => import('#/collections/CollectionPage'), 'CollectionPage'),
})
const gradeOfCollection = createRoute({
  getParentRoute: within,
  path: '/collections/$id/grade',
  component: lazyRouteComponent(() => import('#/collections/GradePage'), 'GradePage'),
})
const memories = createRoute({
  getParentRoute: within,
  path: '/memories',
  component: lazyRouteComponent(() => import('#/memories/MemoriesPage'), 'MemoriesPage'),
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
const secrets = createRoute({
  getParentRoute: within,
  path: '/settings/secrets',
  component: lazyRouteComponent(() => import('#/secrets/SecretsPage'), 'SecretsPage'),
})
const reference = createRoute({
  getParentRoute: within,
  path: '/reference',
  validateSearch: referenceSearch,
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
    playground,
    usage,
    status,
    agents,
    agent,
    newAgent,
    workflows,
    workflow,
    newWorkflow,
    triggers,
    trigger,
    newTrigger,
    webhooks,
    webhook,
    tools,
    collections,
    collection,
    gradeOfCollection,
    memories,
    models,
    settings,
    keys,
    secrets,
    reference,
    nothing,
  ]),
])

export const consoleRouter = (queries: QueryClient) =>
  createRouter({
    basepath: basePath || '/',
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
