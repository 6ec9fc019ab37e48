import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { hasStatus, inWords } from '#/api/errors'
import { runAndLogQuery } from '#/api/runs'
import { ButtonLink } from '#/ui/ButtonLink'
import { shortId } from '#/ui/format'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { RunDetails } from './RunDetails'

/** Reads what is known of the run and its log; the details then follow it live. */
export function RunPage() {
  const { run: id } = useParams({ from: '/shell/runs/$run' })
  const known = useQuery(runAndLogQuery(id))
  if (known.data) return <RunDetails key={id} run={known.data.run} events={known.data.events} />
  if (hasStatus(known.error, 404)) {
    return (
      <Empty alone says="This run doesn't exist, or belongs to another tenant.">
        <ButtonLink to="/runs">Show all runs</ButtonLink>
      </Empty>
    )
  }
  return (
    <Page title={shortId(id)}>
      <Content label="Run">{known.error ? <Problem says={inWords(known.error)} /> : <Bones />}</Content>
    </Page>
  )
}
