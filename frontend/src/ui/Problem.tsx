import type { ReactNode } from 'react'
import { Copy } from './Copy'
import './problem.css'

export type Said = { title: string; detail?: string; hint?: string; requestId?: string }

/** What was tried, why not, what to do, and the id to quote. */
export function Problem({ says, children }: { says: Said; children?: ReactNode }) {
  return (
    <div className="problem" role="alert">
      <b>{says.title}</b>
      {says.detail && <span>{says.detail}</span>}
      {says.hint && <span className="hint">{says.hint}</span>}
      <RequestId id={says.requestId} />
      {children}
    </div>
  )
}

export function RequestId({ id }: { id?: string }) {
  if (!id) return null
  return (
    <span className="request">
      Request <code>{id}</code>
      <Copy text={id} label="Copy request id" />
    </span>
  )
}
