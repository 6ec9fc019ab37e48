import type { Approval } from '#/api/types'
import { exact, timeLeft } from '#/ui/format'
import { useNow } from '#/ui/Time'
import { otherwiseWords } from './words'
import './countdown.css'

const LAST_MS = 60_000

/** What happens when nobody answers, and when. Read out once, in the last minute; never every second. */
export function Countdown({ approval, short = false }: { approval: Approval; short?: boolean }) {
  const { expiresAt = null, otherwise } = approval
  const left = useLeft(expiresAt)
  if (left === null) return short ? null : <small>No expiry</small>
  const then = otherwiseWords(otherwise)
  const says = left > 0 ? `in ${timeLeft(left)}` : 'now'
  const soon = left < 10 * LAST_MS
  return (
    <small className={soon ? 'countdown soon' : 'countdown'}>
      <time dateTime={expiresAt!} title={exact(expiresAt!)}>
        {short ? `expires in ${timeLeft(left)}` : `${then} ${says}`}
      </time>
      {!short && (
        <span className="hidden" role="status">
          {left > 0 && left <= LAST_MS ? `${then} in less than a minute` : ''}
        </span>
      )}
    </small>
  )
}

/** Ticks fast only near the end. */
function useLeft(expiresAt: string | null) {
  const slow = useNow(expiresAt ? 15_000 : 0)
  const near = expiresAt !== null && Date.parse(expiresAt) - slow < 5 * LAST_MS
  const fast = useNow(near ? 1000 : 0)
  return expiresAt === null ? null : Math.max(0, Date.parse(expiresAt) - (near ? Math.max(fast, slow) : slow))
}
