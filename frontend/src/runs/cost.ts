import type { Cost, Run } from '#/api/types'
import { count, money } from '#/ui/format'

type Fact = { says: string; note?: string }

/** What a run cost, in words: a call that was stopped midway may have cost as much as the budget was charged for it. */
export function costFact(cost: Cost | null, stopped: Run['stoppedMidway'], demo: boolean): Fact {
  if (!stopped) return { says: cost ? money(cost) : 'unknown', note: demo ? 'demo model' : undefined }
  if (!cost || !stopped.cost) return { says: 'unknown', note: `stopped midway, up to ${count(stopped.tokens)} tokens` }
  const most = { ...cost, microUnits: cost.microUnits + stopped.cost.microUnits }
  return { says: `at most ${money(most)}`, note: 'stopped midway' }
}
