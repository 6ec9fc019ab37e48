import { Button } from '#/ui/Button'
import { Sheet } from '#/ui/Dialog'
import { Health } from './Health'
import { PlaceLink } from './PlaceLink'
import { places } from './places'
import { Tenant } from './Tenant'
import './more-places.css'

/** What a phone's bar has no room for: the other pages, the search, whose data this is and how the server is. */
export function MorePlaces({ onClose, onPalette }: { onClose: () => void; onPalette: () => void }) {
  return (
    <Sheet open onClose={onClose} title="More" from="bottom">
      <div className="more-sheet">
        <Tenant onGo={onClose} />
        <Button
          onClick={() => {
            onClose()
            onPalette()
          }}
        >
          Search
        </Button>
        <nav aria-label="More pages">
          <ul>
            {places
              .filter((place) => !place.inBar)
              .map((place) => (
                <li key={place.name}>
                  <PlaceLink place={place} onGo={onClose} />
                </li>
              ))}
          </ul>
        </nav>
        <Health onGo={onClose} />
      </div>
    </Sheet>
  )
}
