import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { runCan } from '#/api/runCan'
import { cancelRun, pauseRun, resumeRun } from '#/api/runs'
import { denied, sessionQuery } from '#/api/session'
import type { Run } from '#/api/types'
import type { RunView } from '#/events/view'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { useControl } from './control'
import { ForkRun } from './ForkRun'
import { ReplayRun } from './ReplayRun'
import { RetryRun } from './RetryRun'

type Asking = 'cancel' | 'retry' | 'fork' | 'replay'

/** What a person can do to a run; each says first what it means. */
export function RunActions({ run, view }: { run: Run; view: RunView }) {
  const [asking, setAsking] = useState<Asking>()
  const { data: session } = useQuery(sessionQuery)
  const pause = useControl(view.id, pauseRun)
  const resume = useControl(view.id, resumeRun)
  const cancel = useControl(view.id, cancelRun)
  const close = () => setAsking(undefined)
  const blocked = denied(session, 'run')
  const status = { state: view.state, paused: run.paused }
  return (
    <>
      {runCan.pause(status) && (
        <Button onClick={() => pause.mutate()} blocked={blocked} disabled={pause.isPending || cancel.isSuccess}>
          <Icon name="pause" />
          Pause
        </Button>
      )}
      {runCan.resume(status) && (
        <Button kind="go" onClick={() => resume.mutate()} blocked={blocked} disabled={resume.isPending}>
          <Icon name="play" />
          Resume
        </Button>
      )}
      {runCan.retry(view.state) && (
        <Button onClick={() => setAsking('retry')} blocked={blocked}>
          <Icon name="retry" />
          Retry
        </Button>
      )}
      <Button onClick={() => setAsking('fork')} blocked={blocked}>
        <Icon name="branch" />
        Fork
      </Button>
      {runCan.replay(view.state) && (
        <Button onClick={() => setAsking('replay')} blocked={blocked}>
          Replay
        </Button>
      )}
      <ButtonLink to="/runs/compare" search={run.origin ? { left: run.origin.run, right: run.id } : { left: run.id }}>
        Compare
      </ButtonLink>
      {runCan.cancel(view.state) && (
        <Button onClick={() => setAsking('cancel')} blocked={blocked} disabled={cancel.isPending || cancel.isSuccess}>
          {cancel.isSuccess ? 'Cancelling…' : 'Cancel'}
        </Button>
      )}
      <Confirm
        open={asking === 'cancel'}
        onClose={close}
        title="Cancel this run?"
        says="Completed steps are kept; no more will start."
        keep="Keep running"
        action="Cancel run"
        onYes={() => {
          close()
          cancel.mutate()
        }}
      />
      {asking === 'retry' && <RetryRun view={view} onClose={close} />}
      {asking === 'fork' && <ForkRun view={view} onClose={close} />}
      {asking === 'replay' && <ReplayRun view={view} onClose={close} />}
    </>
  )
}
