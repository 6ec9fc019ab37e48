import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { inWords } from '#/api/errors'
import { healthQuery } from '#/api/server'
import type { InstallationHealth, WaitingReason } from '#/api/types'
import { count, duration, exact } from '#/ui/format'
import { Bones, Content, Page } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import './status-page.css'

/** Whether the installation is well: checks, versions, replicas, what waits. */
export function StatusPage() {
  const { data, error, isPending } = useQuery(healthQuery)
  return (
    <Page title="Health" about="Checks, version and queue of this installation">
      <Content label="Health">
        {error && <Problem says={inWords(error)} />}
        {isPending && <Bones />}
        {data && (
          <div className="status-parts">
            <Checks of={data.ready} />
            {data.embeddings.length > 0 && <EmbeddingModels of={data.embeddings} />}
            <About info={data.info} />
            {data.queue && <Queue queue={data.queue} />}
          </div>
        )}
      </Content>
    </Page>
  )
}

function Checks({ of: { checks } }: { of: InstallationHealth['ready'] }) {
  return (
    <section>
      <h2>Checks</h2>
      <Pairs>
        {checks.map(({ name, ok, message }) => (
          <Check key={name} name={name} ok={ok} message={message} />
        ))}
      </Pairs>
    </section>
  )
}

function Check({ name, ok, message }: { name: string; ok: boolean; message: string }) {
  return (
    <>
      <dt>{name[0]!.toUpperCase() + name.slice(1)}</dt>
      <dd>
        <Tag tone={ok ? 'sea' : 'failed'}>{ok ? 'ok' : 'not ok'}</Tag> {message}
      </dd>
    </>
  )
}

/** A model that is away keeps documents waiting; searches go by words. */
function EmbeddingModels({ of }: { of: InstallationHealth['embeddings'] }) {
  return (
    <section>
      <h2>Embedding models</h2>
      <Pairs>
        {of.map(({ model, trouble }) => (
          <Fragment key={model}>
            <dt>{model}</dt>
            <dd>
              <Tag tone={trouble === null ? 'sea' : 'failed'}>{trouble === null ? 'ok' : 'away'}</Tag> {trouble}
            </dd>
          </Fragment>
        ))}
      </Pairs>
    </section>
  )
}

function About({ info }: { info: InstallationHealth['info'] }) {
  return (
    <section>
      <h2>Installation</h2>
      <Pairs>
        <dt>Version</dt>
        <dd>{info.version}</dd>
        <dt>Replicas</dt>
        <dd>{count(info.replicas)}</dd>
        <dt>This replica</dt>
        <dd>
          {info.replica}, since {exact(info.startedAt)}
        </dd>
        <dt>Sign-in</dt>
        <dd>{info.authMode === 'keys' ? 'By key' : 'Off'}</dd>
        {info.demo && (
          <>
            <dt>Model</dt>
            <dd>The alias “default” is the built-in demo model</dd>
          </>
        )}
      </Pairs>
    </section>
  )
}

const reasons: Record<WaitingReason, string> = {
  approval: 'Needs approval',
  outcome_unknown: 'Outcome unknown',
  client: 'Waiting for a client',
  signal: 'Waiting for a signal',
  run: 'Waiting for another run',
  timer: 'Waiting for a timer',
  paused: 'Paused',
}

function Queue({ queue }: { queue: NonNullable<InstallationHealth['queue']> }) {
  const waiting = Object.entries(queue.waiting) as [WaitingReason, number][]
  return (
    <section>
      <h2>Queue</h2>
      <Pairs>
        <dt>Oldest due run</dt>
        <dd>{queue.oldestDueMs > 0 ? `waiting for ${duration(queue.oldestDueMs)}` : 'none'}</dd>
        {waiting.map(([reason, many]) => (
          <Waits key={reason} reason={reason} many={many} />
        ))}
      </Pairs>
      {waiting.every(([, many]) => many === 0) && <p className="small">No runs are waiting</p>}
    </section>
  )
}

function Waits({ reason, many }: { reason: WaitingReason; many: number }) {
  return (
    <>
      <dt>{reasons[reason] ?? reason}</dt>
      <dd>
        <Link to="/runs" search={{ waiting: reason }}>
          {count(many)}
        </Link>
      </dd>
    </>
  )
}
