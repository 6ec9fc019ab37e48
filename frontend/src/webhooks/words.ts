import type { Delivery, WebhookEvent } from '#/api/types'
import type { MarkName } from '#/ui/Mark'

/** What may be subscribed to, and when it happens. */
export const events: { name: WebhookEvent; says: string }[] = [
  { name: '*', says: 'everything' },
  { name: 'run.*', says: 'all about runs' },
  { name: 'run.created', says: 'a run was asked for' },
  { name: 'run.waiting', says: 'a run waits for somebody' },
  { name: 'run.succeeded', says: 'a run has succeeded' },
  { name: 'run.failed', says: 'a run has failed' },
  { name: 'run.cancelled', says: 'a run was cancelled' },
  { name: 'approval.*', says: 'all about approvals' },
  { name: 'approval.opened', says: 'somebody is asked' },
  { name: 'approval.decided', says: 'somebody decided, or the time was over' },
  { name: 'budget.*', says: 'all about budgets' },
  { name: 'budget.reached', says: 'a call was refused: a budget is used up' },
]

export const deliveryStates: Record<Delivery['state'], { mark: MarkName; word: string }> = {
  due: { mark: 'queued', word: 'due' },
  delivered: { mark: 'succeeded', word: 'delivered' },
  failed: { mark: 'failed', word: 'given up' },
}
