import type { Step } from '#/api/types'
import './unrepeatable.css'

/** Side effects that happen once more when a run is made again from before them. */
export function Unrepeatable({ steps }: { steps: Step[] }) {
  const effects = steps.filter(({ kind, effect }) => kind === 'tool' && effect !== 'read')
  if (effects.length === 0) return null
  const names = [...new Set(effects.map(({ name }) => name))].join(', ')
  return (
    <p className="warns">
      <b>{names}</b> {names.includes(',') ? 'have' : 'has'} side effects and may run again.
    </p>
  )
}
