import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { hasStatus, inWords } from '#/api/errors'
import { readLog, runQuery } from '#/api/queries'
import type { Run, RunEvent } from '#/api/types'
import { shortId } from '#/ui/format'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { RunDetails } from './RunDetails'
import './runs.css'

/** Reads what is known of the run and its log; the details then follow it live. */
export function RunPage() {
  const { run: id } = useParams({ from: '/shell/runs/$run' })
  const known = useQuery({
    queryKey: ['run', id, 'log'],
    queryFn: async ({ client, signal }): Promise<{ run: Run; events: RunEvent[] }> => {
      const [run, events] = await Promise.all([client.fetchQuery(runQuery(id)), readLog(id, 0, signal)])
      return { run, events }
    },
    staleTime: Infinity,
    gcTime: 0,
  })
  if (known.data) return <RunDetails key={id} run={known.data.run} events={known.data.events} />
  if (hasStatus(known.error, 404)) {
    return (
      <Empty alone says="This run does not exist, or belongs to another tenant.">
        <Link to="/runs" className="button">
          Show all runs
        </Link>
      </Empty>
    )
  }
  return (
    <Page title={shortId(id)}>
      <Content label="Run">{known.error ? <Problem says={inWords(known.error)} /> : <Bones />}</Content>
    </Page>
  )
}
