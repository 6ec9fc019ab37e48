import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Icon } from '#/ui/Icon'
import { PlaceLink } from './PlaceLink'
import { places } from './places'
import './phone-bar.css'

const MorePlaces = lazy(() => import('./MorePlaces').then((module) => ({ default: module.MorePlaces })))

/** The pages that a phone has room for, and the way to all others. */
export function PhoneBar({ onPalette }: { onPalette: () => void }) {
  const [open, setOpen] = useState(false)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const inBar = places.some(({ to, inBar: shown }) => shown && path.startsWith(to))
  return (
    <nav className="phone-bar" aria-label="Main">
      <ul>
        {places
          .filter((place) => place.inBar)
          .map((place) => (
            <li key={place.name}>
              <PlaceLink place={place} />
            </li>
          ))}
        <li>
          <button
            className={inBar ? 'place' : 'place here'}
            aria-haspopup="dialog"
            aria-expanded={open}
            onClick={() => setOpen(true)}
          >
            <Icon name="more" />
            <span>More</span>
          </button>
        </li>
      </ul>
      {open && (
        <Suspense>
          <MorePlaces onClose={() => setOpen(false)} onPalette={onPalette} />
        </Suspense>
      )}
    </nav>
  )
}
