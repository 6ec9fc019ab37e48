import type { ReactNode } from 'react'
import './pairs.css'

/** Names and what they stand for, in two columns. */
export function Pairs({ children }: { children: ReactNode }) {
  return <dl className="pairs">{children}</dl>
}
