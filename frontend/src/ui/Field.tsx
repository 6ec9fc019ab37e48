import type { ReactNode } from 'react'
import './field.css'

/** A label, the control it names (of class "input"), and what to know about it. */
export function Field({ children }: { children: ReactNode }) {
  return <div className="field">{children}</div>
}

/** Several controls under one name. */
export function FieldSet({ className = '', children }: { className?: string; children: ReactNode }) {
  return <fieldset className={`field ${className}`.trim()}>{children}</fieldset>
}
