import { Button } from './Button'
import './more.css'

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** The button under a list that has more than it shows. */
export function More({ of, says = 'Show more' }: { of: Paged; says?: string }) {
  if (!of.hasNextPage) return null
  return (
    <div className="more">
      <Button onClick={() => void of.fetchNextPage()} disabled={of.isFetchingNextPage}>
        {says}
      </Button>
    </div>
  )
}
