import type { Delivery } from '#/api/types'
import { Mark } from '#/ui/Mark'
import { deliveryStates } from './words'

/** How far a delivery is: shape and word. */
export function DeliveryMark({ state }: Pick<Delivery, 'state'>) {
  const { mark, word } = deliveryStates[state]
  return (
    <span className="row">
      <Mark name={mark} />
      {word}
    </span>
  )
}
