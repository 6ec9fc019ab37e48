import type { ReactNode } from 'react'
import './tick.css'

/** A box or a button to tick, and what it says. */
export function Tick({ children }: { children: ReactNode }) {
  return <div className="tick">{children}</div>
}

/** The same, where all of it is the label. */
export function TickLabel({ children }: { children: ReactNode }) {
  return <label className="tick">{children}</label>
}
