import { memo, useState } from 'react'
import type { Run } from '#/api/types'
import type { RunFeed } from '#/events/feed'
import { Arrows } from './Arrows'
import type { Fork } from './places'
import { Turn } from './Turn'

type Props = {
  attempts: { run: Run; feed: RunFeed }[]
  /** Who answered the turn before. */
  before?: string
  forkOf: (run: Run) => Fork
  onRetry?: (run: string) => void
}

/** A place in the conversation: the newest attempt at it, and the way to those before. Other turns' news leave it alone. */
export const TurnPlace = memo(function TurnPlace({ attempts, before, forkOf, onRetry }: Props) {
  const [picked, setPicked] = useState<string>()
  const newest = attempts.length - 1
  const found = attempts.findIndex(({ run }) => run.id === picked)
  const at = found >= 0 ? found : newest
  const { run, feed } = attempts[at]!
  return (
    <Turn
      key={feed.id}
      feed={feed}
      namesAgent={before !== undefined && before !== run.agent}
      fork={forkOf(attempts[0]!.run)}
      attempts={
        <Arrows
          of="attempt"
          at={at}
          many={attempts.length}
          // The newest is followed: the next retry shows itself.
          onGo={(to) => setPicked(to === newest ? undefined : attempts[to]?.run.id)}
        />
      }
      onRetry={at === newest && onRetry ? () => onRetry(run.id) : undefined}
    />
  )
})
