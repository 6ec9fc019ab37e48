import { type ReactNode, useEffect } from 'react'
import { Wheel } from './Icon'
import { title } from './title'
import './page.css'

type Props = {
  title: ReactNode
  name?: string
  crumb?: ReactNode
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Page({ title: heading, name, crumb, about, actions, children }: Props) {
  useTitle(name ?? (typeof heading === 'string' ? heading : ''))
  return (
    <div className="page">
      <header className="top">
        <div className="title">
          {crumb && <span className="crumb">{crumb}</span>}
          <h1>{heading}</h1>
          {about && <small>{about}</small>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function useTitle(name: string) {
  useEffect(() => {
    title.setName(name)
  }, [name])
}

/** The part of a page that scrolls. */
export function Content({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section className="content" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}

/** One sentence and one action; `alone` where the sentence is all of the page. */
export function Empty({ says, alone = false, children }: { says: string; alone?: boolean; children?: ReactNode }) {
  return (
    <div className="empty">
      <Wheel />
      {alone ? <h1>{says}</h1> : <p>{says}</p>}
      {children}
    </div>
  )
}

export function Bones() {
  return (
    <div className="bones" role="status" aria-label="Loading">
      <i />
      <i />
      <i />
    </div>
  )
}
