import type { ReactNode } from 'react'
import './note.css'

/** A quiet line between the parts of a page. */
export function Note({ className = '', children }: { className?: string; children: ReactNode }) {
  return <p className={`note ${className}`.trim()}>{children}</p>
}
