import type { Newest } from '#/api/agents'
import { Button } from '#/ui/Button'
import { ComparedLines } from './ComparedLines'
import './changed.css'

type Props = { theirs: Newest; mine: string; onChoose: (yaml: string) => void }

/** Somebody else has saved the agent since it was opened here: what differs, and whose text to go on with. */
export function Changed({ theirs, mine, onChoose }: Props) {
  return (
    <section className="changed" role="alert" aria-label="Changed by somebody else">
      <p>
        <b>Somebody else saved revision {theirs.revision} while you were editing.</b> Nothing of yours is saved yet.
        Compare their text with yours:
      </p>
      <ComparedLines before={theirs.yaml} after={mine} label="What differs" />
      <div className="row">
        <Button onClick={() => onChoose(theirs.yaml)}>Continue with their text</Button>
        <Button onClick={() => onChoose(mine)}>Keep my text and save it over theirs next</Button>
      </div>
    </section>
  )
}
