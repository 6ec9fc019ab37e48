import type { Approval, ApprovalState, Effect } from '#/api/types'

/** A workflow's state in which a person decides: it has a message and no tool, so nothing takes effect by itself. */
export const isState = ({ kind, effect }: Pick<Approval, 'kind' | 'effect'>) => kind === 'tool' && !effect

/** What happens next, in one sentence a person can say yes or no to. */
export function sentenceOf(approval: Pick<Approval, 'kind' | 'agent' | 'tool' | 'effect'>): string {
  const { kind, agent, tool } = approval
  if (kind === 'question') return `${agent} asks`
  if (isState(approval)) return `${agent} asks for approval`
  if (kind === 'outcome') return `Did ${tool ?? 'this step'} happen?`
  return `${agent} wants to run ${tool ?? 'a tool'}`
}

const effects: Record<Effect, string> = {
  read: 'Read-only.',
  keyed: 'Safe to retry.',
  unkeyed: "Can't be undone; running it twice does it twice.",
}
export const effectWords = (effect?: Effect | null) => (effect ? effects[effect] : '')

const states: Record<ApprovalState, string> = {
  open: 'open',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  edited: 'edited',
  withdrawn: 'run ended first',
}

/** What became of an approval, in the words of its kind. */
export function stateWords({ state, kind, decision }: Pick<Approval, 'state' | 'kind' | 'decision'>): string {
  if (kind === 'outcome' && decision === 'happened') return 'happened'
  if (kind === 'outcome' && decision === 'again') return 'run again'
  if (kind === 'outcome' && decision === 'stop') return 'run stopped'
  if (kind === 'question' && state === 'approved') return 'answered'
  if (kind === 'question' && state === 'rejected') return 'declined'
  return states[state]
}

/** Who it was, where the server knows: without sign-in everybody is "everybody". */
export const byWhom = (name?: string | null) => (name && name !== 'everybody' ? ` by ${name}` : '')

/** What a state means for who reads it later. */
export const stateMeans: Partial<Record<ApprovalState, string>> = {
  edited: 'Replaced by an edited request',
}

/** What happens when nobody decides. */
export const otherwiseWords = (otherwise: Approval['otherwise']) =>
  otherwise === 'approve' ? 'Auto-approves' : 'Auto-rejects'
