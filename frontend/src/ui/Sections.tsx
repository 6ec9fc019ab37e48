import type { ReactNode } from 'react'
import './sections.css'

/** The parts of a page, as links of which one is chosen. */
export function Sections({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="sections" aria-label={label}>
      {children}
    </nav>
  )
}
