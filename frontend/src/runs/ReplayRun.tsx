import { useState } from 'react'
import { inWords } from '#/api/errors'
import { replayRun } from '#/api/runs'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Problem } from '#/ui/Problem'
import { useMadeFrom } from './madeFrom'
import { RevisionOptions } from './RevisionOptions'

/** Runs another revision on the recorded outputs: nothing is called, nothing is spent. */
export function ReplayRun({ view, onClose }: { view: RunView; onClose: () => void }) {
  const [revision, setRevision] = useState(String(view.revision))
  const replay = useMadeFrom((body: { revision: number }, key) => replayRun(view.id, body, key), 'Replay started')
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
          Re-runs the agent on recorded outputs. Nothing is called or charged. It stops where something was not
          recorded.
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
