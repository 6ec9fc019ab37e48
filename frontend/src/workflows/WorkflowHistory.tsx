import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import {
  publishWorkflow,
  refreshWorkflow,
  workflowQuery,
  workflowRevisionQuery,
  workflowRevisionsQuery,
} from '#/api/workflows'
import { RevisionHistory } from '#/definitions/RevisionHistory'

export function WorkflowHistory({ name }: { name: string }) {
  const { revision: wanted } = useSearch({ from: '/shell/workflows/$name' })
  const { data: workflow } = useQuery(workflowQuery(name))
  const queries = useQueryClient()
  return (
    <RevisionHistory
      revisions={useInfiniteQuery(workflowRevisionsQuery(name))}
      wanted={wanted}
      renderLink={(revision, isChosen, says) => (
        <Link
          from="/workflows/$name"
          search={{ show: 'history', revision }}
          aria-current={isChosen ? 'true' : undefined}
          replace
        >
          {says}
        </Link>
      )}
      read={(revision) => workflowRevisionQuery(name, revision)}
      publish={(revision) => publishWorkflow(name, revision, workflow?.version)}
      onTried={() => refreshWorkflow(queries, name)}
    />
  )
}
