import { useState } from 'react'
import { inWords } from '#/api/errors'
import { replayRun } from '#/api/runs'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Problem } from '#/ui/Problem'
import { useMadeFrom } from './madeFrom'
import { RevisionOptions } from './RevisionOptions'

/** The record played again against another revision: nothing outside is called, nothing is spent. */
export function ReplayRun({ view, onClose }: { view: RunView; onClose: () => void }) {
  const [revision, setRevision] = useState(String(view.revision))
  const replay = useMadeFrom(
    (body: { revision: number }, key) => replayRun(view.id, body, key),
    'The record is played again',
  )
  return (
    <Dialog open onClose={onClose} title="Replay this run">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          replay.mutate({ revision: Number(revision) })
        }}
      >
        {replay.error && <Problem says={inWords(replay.error)} />}
        <p>
          What models and tools answered is taken from the record: no call goes out and it costs nothing. Where the
          agent asks for something that is not on record, the replay stops and says at which step.
        </p>
        <RevisionOptions agent={view.agent} value={revision} onPick={setRevision} own={view.revision} />
        <div className="buttons">
          <Button onClick={onClose}>Close</Button>
          <Button kind="go" type="submit" disabled={replay.isPending}>
            Replay
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
