import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import './arrows.css'

type Props = { of: string; at: number; many: number; onGo: (to: number) => void }

/** Which of several is shown, and the way to its neighbours. */
export function Arrows({ of, at, many, onGo }: Props) {
  if (many < 2) return null
  return (
    <span className="arrows" role="group" aria-label={`${of} ${at + 1} of ${many}`}>
      <Button kind="bare icon" aria-label={`Previous ${of}`} disabled={at <= 0} onClick={() => onGo(at - 1)}>
        <Icon name="left" />
      </Button>
      <span className="numeric">
        {at + 1}/{many}
      </span>
      <Button kind="bare icon" aria-label={`Next ${of}`} disabled={at >= many - 1} onClick={() => onGo(at + 1)}>
        <Icon name="right" />
      </Button>
    </span>
  )
}
