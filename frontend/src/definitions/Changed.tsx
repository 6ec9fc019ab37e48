import { Button } from '#/ui/Button'
import { ComparedLines } from './ComparedLines'
import './changed.css'

/** `revision` where what is edited has revisions. */
type Theirs = { yaml: string; revision?: number }
type Props = { theirs: Theirs; mine: string; onChoose: (yaml: string) => void }

/** Somebody else has saved it since it was opened here: what differs, and whose text to go on with. */
export function Changed({ theirs, mine, onChoose }: Props) {
  return (
    <section className="changed" role="alert" aria-label="Changed by somebody else">
      <p>
        <b>
          Somebody else saved {theirs.revision === undefined ? 'another text' : `revision ${theirs.revision}`} while you
          were editing.
        </b>{' '}
        Nothing of yours is saved yet. Compare their text with yours:
      </p>
      <ComparedLines before={theirs.yaml} after={mine} label="What differs" />
      <div className="row">
        <Button onClick={() => onChoose(theirs.yaml)}>Use their text</Button>
        <Button onClick={() => onChoose(mine)}>Keep my text and overwrite theirs</Button>
      </div>
    </section>
  )
}
