import type { Approval, Budget, Decision } from '../src/api/types.ts'
import { notFound, page, raise, Refusal, type Route } from './answers.ts'
import { ago, newId } from './world.ts'

/** Approvals and budgets of the past, enough to see their pages; no run of the mock waits for them. */
const question = (more: Partial<Approval>): Approval => ({
  id: newId(),
  run: newId(),
  thread: newId(),
  agent: 'note-keeper',
  step: 2,
  kind: 'tool',
  state: 'open',
  tool: 'notes_write',
  effect: 'keyed',
  arguments: { name: 'order-rope', text: '40 m of 12 mm rope from Chandler & Sons' },
  hash: newId(),
  message: 'Orders cost money',
  rule: 'args.name.startsWith("order")',
  requester: 'shop',
  request: 'Order what the boat needs before Friday',
  notRequester: false,
  createdAt: ago(120),
  expiresAt: ago(-14_280),
  otherwise: 'reject',
  ...more,
})

const approvals: Approval[] = [
  question({}),
  question({ arguments: { name: 'order-paint', text: '2 l' }, expiresAt: ago(-200) }),
  question({
    kind: 'question',
    tool: 'ask_person',
    effect: null,
    arguments: null,
    message: 'Sail now, or wait for the tide?',
    options: ['Sail now', 'Wait'],
    rule: null,
  }),
  question({ kind: 'outcome', effect: 'unkeyed', expiresAt: null, otherwise: null, message: '' }),
]

/** The first decision counts; false where somebody was faster. */
function decide(approval: Approval, decision: Approval['decision'] & string, reason?: string): boolean {
  if (approval.state !== 'open') return false
  Object.assign(approval, {
    state: decision === 'reject' || decision === 'stop' ? 'rejected' : 'approved',
    decision,
    reason: reason ?? null,
    decidedBy: 'mia',
    decidedAt: new Date().toISOString(),
  })
  return true
}

const budget = (more: Partial<Budget>): Budget => ({
  id: newId(),
  scope: 'tenant',
  subject: '',
  unit: 'money',
  period: 'month',
  cap: 20_000_000,
  version: '1-20000000',
  spent: 7_400_000,
  reserved: 900_000,
  left: 11_700_000,
  periodEndsAt: ago(-800_000),
  note: 'The crew office can raise it',
  createdBy: 'shop',
  ...more,
})
const share = (subject: string, spent: number) => ({ subject, spent, reserved: 0, left: 500 - spent })
const budgets: Budget[] = [
  budget({}),
  budget({
    scope: 'agent',
    subject: '*',
    unit: 'calls',
    period: 'day',
    cap: 500,
    note: '',
    subjects: [share('assistant', 500), share('researcher', 430), share('note-keeper', 12)],
  }),
]

export const people: Route[] = [
  [
    'GET',
    /^\/api\/v1\/approvals$/,
    ({ query }) =>
      page(
        approvals.filter((asked) => !query.get('state') || asked.state === query.get('state')),
        query,
      ),
  ],
  [
    'GET',
    /^\/api\/v1\/approvals\/count$/,
    () => ({ open: approvals.filter((asked) => asked.state === 'open').length }),
  ],
  [
    'GET',
    /^\/api\/v1\/approvals\/([^/]+)$/,
    ({ params }) => approvals.find((asked) => asked.id === params[0]) ?? raise(notFound('approval', params[0]!)),
  ],
  [
    'POST',
    /^\/api\/v1\/approvals\/([^/]+)\/decision$/,
    ({ params, body }) => {
      const approval = approvals.find((asked) => asked.id === params[0]) ?? raise(notFound('approval', params[0]!))
      const { decision, reason } = JSON.parse(body) as Decision
      if (!decide(approval, decision, reason)) throw new Refusal(409, 'already-decided', 'Already decided by mia')
      return approval
    },
  ],
  ['GET', /^\/api\/v1\/budgets$/, ({ query }) => page(budgets, query)],
]
