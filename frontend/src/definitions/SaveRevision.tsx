import { Button } from '#/ui/Button'
import './save-revision.css'

type Props = {
  blocked: string | false
  saving: { isPending: boolean; mutate: (publish: boolean) => void }
  /** What the author notes on the revision, where that is kept. */
  note?: string
  onNote?: (note: string) => void
}

/** Saves a revision, as a draft or published. */
export function SaveRevision({ blocked, saving, note, onNote }: Props) {
  return (
    <>
      {onNote && (
        <input
          className="input revision-note"
          aria-label="Note on this revision"
          placeholder="What changed (optional)"
          maxLength={300}
          value={note ?? ''}
          onChange={(event) => onNote(event.target.value)}
        />
      )}
      <Button onClick={() => saving.mutate(false)} blocked={blocked} disabled={saving.isPending}>
        Save draft
      </Button>
      <Button kind="go" onClick={() => saving.mutate(true)} blocked={blocked} disabled={saving.isPending}>
        {saving.isPending ? 'Saving…' : 'Publish'}
      </Button>
    </>
  )
}
