import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { whyQuery } from '#/api/runs'
import { ago, shortId } from '#/ui/format'
import { Pairs } from '#/ui/Pairs'

const words = { revision: 'Revision', model: 'Model', tools: 'Tools called' }

/** What is different from the last run of the agent that went well, and where its operators see more. */
export function Why({ run }: { run: string }) {
  const { data: why } = useQuery(whyQuery(run))
  if (!why) return null
  const { lastSuccess, changes, traceLink, logLink } = why
  return (
    <section className="run-why small" aria-label="What has changed">
      {lastSuccess ? (
        <p>
          {changes.length ? 'Not as in the ' : 'Nothing known has changed since the '}
          <Link to="/runs/compare" search={{ left: lastSuccess.run, right: run }}>
            last run that succeeded
          </Link>
          , {ago(lastSuccess.endedAt)} ({shortId(lastSuccess.run)})
        </p>
      ) : (
        <p>No earlier run of {why.agent} succeeded.</p>
      )}
      {changes.length > 0 && (
        <Pairs>
          {changes.map(({ what, before, now }) => (
            <Fragment key={what}>
              <dt>{words[what]}</dt>
              <dd>{`${before || 'none'} → ${now}`}</dd>
            </Fragment>
          ))}
        </Pairs>
      )}
      <p>
        {traceLink && (
          <a href={traceLink} target="_blank" rel="noreferrer">
            Trace
          </a>
        )}{' '}
        {logLink && (
          <a href={logLink} target="_blank" rel="noreferrer">
            Log lines
          </a>
        )}
      </p>
    </section>
  )
}
