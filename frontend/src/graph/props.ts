import type { Machine } from './model'
import type { StateProgress } from './progress'

export type GraphProps = {
  label: string
  machine: Machine
  chosen?: string | undefined
  onPick?: (id: string) => void
  /** Where states can be connected. */
  onConnect?: ((from: string, to: string) => void) | undefined
  progress?: Map<string, StateProgress> | undefined
  /** How many mistakes are about a state. */
  wrong?: Map<string, number> | undefined
}
