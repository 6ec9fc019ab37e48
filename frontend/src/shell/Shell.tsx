import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { openApprovalsQuery } from '#/api/approvals'
import { buttonClass } from '#/ui/Button'
import { Icon, Wheel } from '#/ui/Icon'
import { letters } from '#/ui/letters'
import { Health } from './Health'
import { places } from './places'
import { Tenant } from './Tenant'
import './shell.css'

const KeyList = lazy(() => import('./KeyList').then((module) => ({ default: module.KeyList })))
const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })))

export function Shell() {
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (letters.of(event) === '?') {
        event.preventDefault()
        return setKeys(true)
      }
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setPalette((open) => !open)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="shell">
      <a className={buttonClass('plain', 'skip')} href="#main">
        Skip to content
      </a>
      <nav className="rail" aria-label="Main">
        <Link className="brand" to="/threads">
          <Wheel />
          Wheelhouse
        </Link>
        <Tenant />
        <ul className="places">
          {places.map(({ to, name, icon, gap, wideOnly }) => (
            <li key={name} className={`${gap ? 'gap' : ''} ${wideOnly ? 'wide-only' : ''}`}>
              <Link to={to}>
                <Icon name={icon} />
                {name}
                {to === '/approvals' && <OpenCount />}
              </Link>
            </li>
          ))}
        </ul>
        <Health onPalette={() => setPalette(true)} onKeys={() => setKeys(true)} />
      </nav>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      {keys && (
        <Suspense>
          <KeyList onClose={() => setKeys(false)} />
        </Suspense>
      )}
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** How many approvals are open. */
function OpenCount() {
  const { data } = useQuery(openApprovalsQuery)
  if (!data?.data.length) return null
  return (
    <b className="open-count">
      {data.data.length}
      {data.hasMore && '+'}
      <span className="hidden"> open</span>
    </b>
  )
}
