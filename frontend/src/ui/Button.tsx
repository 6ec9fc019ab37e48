import type { ComponentProps } from 'react'

type Kind = 'plain' | 'go' | 'danger' | 'bare' | 'icon' | 'bare icon'
type Props = ComponentProps<'button'> & {
  kind?: Kind
  /** Why it cannot be pressed now; a reason disables the button and is read out with it. */
  blocked?: string | false
}

export function Button({ kind = 'plain', blocked, className = '', disabled, title, ...rest }: Props) {
  const classes = `button ${kind === 'plain' ? '' : kind} ${className}`.trim()
  return (
    <button type="button" className={classes} disabled={disabled || !!blocked} title={blocked || title} {...rest} />
  )
}
