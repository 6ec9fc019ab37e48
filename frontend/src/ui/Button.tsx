import type { ComponentProps } from 'react'
import './button.css'

export type ButtonKind = 'plain' | 'go' | 'danger' | 'bare' | 'icon' | 'bare icon'
type Props = ComponentProps<'button'> & {
  kind?: ButtonKind
  /** Why it cannot be pressed now; a reason disables the button and is read out with it. */
  blocked?: string | false
}

export const buttonClass = (kind: ButtonKind = 'plain', more = '') =>
  `button ${kind === 'plain' ? '' : kind} ${more}`.replaceAll(/ +/g, ' ').trim()

export function Button({ kind, blocked, className, disabled, title, ...rest }: Props) {
  return (
    <button
      type="button"
      className={buttonClass(kind, className)}
      disabled={disabled || !!blocked}
      title={blocked || title}
      {...rest}
    />
  )
}
