import type { ReactNode, Ref } from 'react'
import './split.css'

type SplitProps = { one?: boolean; className?: string; children: ReactNode }

/** A list or a drawing, and beside it what is chosen; `one` where there is no room, or nothing, beside it. */
export function Split({ one = false, className = '', children }: SplitProps) {
  return <div className={one ? 'split one' : `split ${className}`.trim()}>{children}</div>
}

/** The list or the drawing; it scrolls on its own. */
export function Fall({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="fall" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

type BesideProps = { label: string; ref?: Ref<HTMLDivElement>; children: ReactNode }

/** What is chosen, beside the list. */
export function Beside({ label, ref, children }: BesideProps) {
  return (
    <section className="inspector" aria-label={label} tabIndex={0} ref={ref}>
      {children}
    </section>
  )
}

/** What is chosen, in a sheet over the list. */
export function Over({ ref, children }: Omit<BesideProps, 'label'>) {
  return (
    <div className="inspector" ref={ref}>
      {children}
    </div>
  )
}
