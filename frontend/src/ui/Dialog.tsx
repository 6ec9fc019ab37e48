import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { Icon } from './Icon'
import './dialog.css'

/** Dims the page while something floats over it. */
export const Veil = () => <Base.Backdrop className="veil" />

type Props = { open: boolean; onClose: () => void; title: string; children: ReactNode }

/** A question or a form over the page. */
export function Dialog({ open, onClose, title, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Veil />
        <Base.Popup className="dialog over">
          <Base.Title render={<h2 />}>{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A list or an inspector that has no room beside the page. */
export function Sheet({ open, onClose, title, from, children }: Props & { from: 'left' | 'bottom' }) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Veil />
        <Base.Popup className={`sheet ${from}`}>
          <Base.Title className="hidden">{title}</Base.Title>
          {from === 'bottom' && (
            <Base.Close aria-label="Close" render={<Button kind="bare icon" className="close" />}>
              <Icon name="close" />
            </Base.Close>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

type ConfirmProps = Omit<Props, 'children'> & { says: string; action: string; keep?: string; onYes: () => void }

export function Confirm({ says, action, keep = 'Cancel', onYes, ...dialog }: ConfirmProps) {
  return (
    <Dialog {...dialog}>
      <p>{says}</p>
      <div className="buttons">
        <Button onClick={dialog.onClose}>{keep}</Button>
        <Button kind="danger" onClick={onYes}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
