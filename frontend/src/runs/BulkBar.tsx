import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { denied, sessionQuery } from '#/api/session'
import type { FoundRun } from '#/api/types'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { download } from '#/ui/download'
import { plural } from '#/ui/format'
import { able, useBulk, type Bulk } from './bulk'

type Props = { runs: FoundRun[]; chosen: FoundRun[]; onAll: (on: boolean) => void }

/** What is done to the runs that are ticked; it says which they are before it acts. */
export function BulkBar({ runs, chosen, onAll }: Props) {
  const [asking, setAsking] = useState<Bulk>()
  const { data: session } = useQuery(sessionQuery)
  const { busy, go } = useBulk()
  const cancel = able(chosen, 'cancel')
  const retry = able(chosen, 'retry')
  const blocked = denied(session, 'run')
  const asked = asking === 'retry' ? retry : cancel
  return (
    <div className="bulk-bar">
      <span className="small" role="status">
        {chosen.length} of {runs.length} loaded selected
      </span>
      <Button
        onClick={() => setAsking('cancel')}
        blocked={blocked || (cancel.length === 0 && 'None are in progress')}
        disabled={busy}
      >
        Cancel {cancel.length || ''}
      </Button>
      <Button
        onClick={() => setAsking('retry')}
        blocked={blocked || (retry.length === 0 && 'None have failed')}
        disabled={busy}
      >
        Retry {retry.length || ''}
      </Button>
      <Button onClick={() => download('runs.json', JSON.stringify(chosen, null, 2))}>Export</Button>
      <Button kind="bare" onClick={() => onAll(true)}>
        Select all loaded
      </Button>
      <Button kind="bare" onClick={() => onAll(false)}>
        Clear
      </Button>
      <Confirm
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={asking === 'retry' ? `Retry ${plural(asked.length, 'run')}?` : `Cancel ${plural(asked.length, 'run')}?`}
        says={`${byAgent(asked)}. ${
          asking === 'retry'
            ? 'Each continues from where it failed, as a new run.'
            : 'Completed steps are kept; no more will start.'
        }`}
        keep="Close"
        action={asking === 'retry' ? 'Retry them' : 'Cancel them'}
        onYes={() => {
          const what = asking!
          setAsking(undefined)
          void go(what, asked)
        }}
      />
    </div>
  )
}

/** `3 of clerk, 1 of boss` */
export function byAgent(runs: FoundRun[]): string {
  const many = new Map<string, number>()
  for (const { agent } of runs) many.set(agent, (many.get(agent) ?? 0) + 1)
  return [...many].map(([agent, count]) => `${count} of ${agent}`).join(', ')
}
