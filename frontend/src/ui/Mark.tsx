import type { ReactNode } from 'react'
import './mark.css'

export type MarkName =
  | 'queued'
  | 'started'
  | 'running'
  | 'waiting'
  | 'asking'
  | 'paused'
  | 'behind'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'unknown'

const ring = <path d="M10 6a4 4 0 1 1-2.8-3.8" fill="none" stroke="currentColor" strokeWidth="2" />
const diamond = <path d="M6 1 11 6 6 11 1 6z" fill="currentColor" />
const shapes: Record<MarkName, ReactNode> = {
  queued: <circle cx="6" cy="6" r="3.7" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  started: ring,
  running: ring,
  waiting: diamond,
  asking: diamond,
  paused: <path d="M4 2.5v7M8 2.5v7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  behind: (
    <path
      d="M3.2 3.2a4 4 0 1 1 0 5.6M1 6h5.600M4.600 4 6.600 6 4.600 8"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    />
  ),
  succeeded: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  failed: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  cancelled: <path d="M2 6h8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  unknown: (
    <path
      d="M3.4 4.2C3.4 2.6 4.600 1.600 6 1.600s2.700 1 2.700 2.500C8.700 5.900 6 6 6 8M6 10.400v.1"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
}

/** The shape and the colour of a state; the word beside it says the same. */
export function Mark({ name }: { name: MarkName }) {
  return (
    <svg className={`mark ${name}`} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}
