import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { agentQuery, publishRevision, refreshAgent, revisionQuery, revisionsQuery } from '#/api/agents'
import { RevisionHistory } from '#/definitions/RevisionHistory'
import { ButtonLink } from '#/ui/ButtonLink'
import { TRIED } from './tried'

export function History({ name }: { name: string }) {
  const { revision: wanted } = useSearch({ from: '/shell/agents/$name' })
  const { data: agent } = useQuery(agentQuery(name))
  const queries = useQueryClient()
  return (
    <RevisionHistory
      revisions={useInfiniteQuery(revisionsQuery(name))}
      wanted={wanted}
      renderLink={(revision, isChosen, says) => (
        <Link
          from="/agents/$name"
          search={{ show: 'history', revision }}
          aria-current={isChosen ? 'true' : undefined}
          replace
        >
          {says}
        </Link>
      )}
      read={(revision) => revisionQuery(name, revision)}
      publish={(revision) => publishRevision(name, revision, agent?.version)}
      onTried={() => refreshAgent(queries, name)}
      minor={({ note, published }) => note === TRIED && !published}
      renderRestore={(revision) => (
        <ButtonLink to="/agents/$name" params={{ name }} search={{ show: 'edit', revision }}>
          Edit this revision
        </ButtonLink>
      )}
    />
  )
}
