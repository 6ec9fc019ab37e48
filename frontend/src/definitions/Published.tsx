import { Tag } from '#/ui/Tag'
import './published.css'

/** Which revision is published, and whether there is a newer draft. */
export function Published({ published, latest }: { published: number | null; latest: number }) {
  if (published === null) return <Tag>draft only</Tag>
  return (
    <span className="published">
      revision {published}
      {latest > published && <Tag tone="brass">draft {latest}</Tag>}
    </span>
  )
}
