import type { Approval, ApprovalState, Effect } from '#/api/types'

/** What happens next, in one sentence a person can say yes or no to. */
export function sentenceOf({ kind, agent, tool }: Pick<Approval, 'kind' | 'agent' | 'tool'>): string {
  if (kind === 'question') return `${agent} asks`
  if (kind === 'outcome') return `Did ${tool ?? 'this step'} happen?`
  return `${agent} wants to call ${tool ?? 'a tool'}`
}

const effects: Record<Effect, string> = {
  read: 'It only reads.',
  keyed: 'It acts once, even if it is sent twice.',
  unkeyed: 'It cannot be taken back, and sent twice it acts twice.',
}
export const effectWords = (effect?: Effect | null) => (effect ? effects[effect] : '')

const states: Record<ApprovalState, string> = {
  open: 'open',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  edited: 'edited',
  withdrawn: 'withdrawn',
}

/** What became of a question, in the words of its kind. */
export function stateWords({ state, kind, decision }: Pick<Approval, 'state' | 'kind' | 'decision'>): string {
  if (kind === 'outcome' && decision === 'happened') return 'it happened'
  if (kind === 'outcome' && decision === 'again') return 'done again'
  if (kind === 'outcome' && decision === 'stop') return 'run stopped'
  if (kind === 'question' && state === 'approved') return 'answered'
  if (kind === 'question' && state === 'rejected') return 'not answered'
  return states[state]
}

/** Who it was, where the server knows: without sign-in everybody is "everybody". */
export const byWhom = (name?: string | null) => (name && name !== 'everybody' ? ` by ${name}` : '')

/** What a state means for who reads it later. */
export const stateMeans: Partial<Record<ApprovalState, string>> = {
  expired: 'Nobody answered in time.',
  edited: 'The arguments were changed: that is a new question.',
  withdrawn: 'The run ended before anybody answered.',
}

/** What happens when nobody says anything. */
export const otherwiseWords = (otherwise: Approval['otherwise']) =>
  otherwise === 'approve' ? 'Approves by itself' : 'Rejects by itself'
