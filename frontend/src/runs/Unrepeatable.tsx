import type { Step } from '#/api/types'
import './unrepeatable.css'

/** Effects that are done for real once more when a run is made again from before them. */
export function Unrepeatable({ steps }: { steps: Step[] }) {
  const effects = steps.filter(({ kind, effect }) => kind === 'tool' && effect !== 'read')
  if (effects.length === 0) return null
  const names = [...new Set(effects.map(({ name }) => name))].join(', ')
  return (
    <p className="warns">
      <b>{names}</b> {effects.length === 1 ? 'acts' : 'act'} on the outside and may be done once more: a new run has new
      keys.
    </p>
  )
}
