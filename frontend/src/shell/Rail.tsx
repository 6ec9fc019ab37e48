import { Link } from '@tanstack/react-router'
import { Wheel } from '#/ui/Icon'
import { Health } from './Health'
import { PlaceLink } from './PlaceLink'
import { places } from './places'
import { Tenant } from './Tenant'
import { VersionLine } from './VersionLine'
import './rail.css'

/** The way to every page, beside all of them. */
export function Rail({ onPalette, onKeys }: { onPalette: () => void; onKeys: () => void }) {
  return (
    <nav className="rail" aria-label="Main">
      <Link className="brand" to="/threads">
        <Wheel />
        Wheelhouse
      </Link>
      <Tenant />
      <ul className="places">
        {places.map((place) => (
          <li key={place.name} className={place.gap ? 'gap' : undefined}>
            <PlaceLink place={place} />
          </li>
        ))}
      </ul>
      <footer>
        <div className="row">
          <Health />
          <button className="foot-button" onClick={onKeys} aria-label="Keyboard shortcuts" title="Keyboard shortcuts">
            <kbd>?</kbd>
          </button>
        </div>
        <button className="foot-button" onClick={onPalette}>
          <VersionLine />
        </button>
      </footer>
    </nav>
  )
}
