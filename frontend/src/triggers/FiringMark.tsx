import type { Firing } from '#/api/types'
import { Mark } from '#/ui/Mark'
import { firingStates } from './words'

/** What became of a firing: shape and word. */
export function FiringMark({ state }: Pick<Firing, 'state'>) {
  const { mark, word } = firingStates[state]
  return (
    <span className="row">
      <Mark name={mark} />
      {word}
    </span>
  )
}
