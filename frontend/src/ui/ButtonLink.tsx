import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { buttonClass, type ButtonKind } from './Button'

function Anchor({ kind, className, children, ...rest }: ComponentProps<'a'> & { kind?: ButtonKind }) {
  return (
    <a className={buttonClass(kind, className)} {...rest}>
      {children}
    </a>
  )
}

/** A link to a page of the console that looks like a button. */
export const ButtonLink = createLink(Anchor)
