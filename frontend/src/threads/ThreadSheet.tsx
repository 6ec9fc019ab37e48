import type { ReactNode } from 'react'
import { Sheet } from '#/ui/Dialog'

type Props = { open: boolean; onClose: () => void; children: ReactNode }

/** The list of threads where there is no room for it beside the conversation. */
export function ThreadSheet({ open, onClose, children }: Props) {
  return (
    <Sheet open={open} onClose={onClose} title="Threads" from="left">
      {children}
    </Sheet>
  )
}
