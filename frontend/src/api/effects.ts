import type { Effect } from './types'

/** What the three effect classes are called where people read them. */
const names: Record<Effect, string> = {
  read: 'read-only',
  keyed: 'safe to retry',
  unkeyed: 'not safe to retry',
}
export const effectName = (effect: Effect) => names[effect]
