import type { ReactNode } from 'react'
import './tag.css'

type Tone = 'brass' | 'sea' | 'failed'

/** A short word about the thing it stands beside. */
export function Tag({ tone, children }: { tone?: Tone; children: ReactNode }) {
  return <span className={tone ? `tag ${tone}` : 'tag'}>{children}</span>
}
