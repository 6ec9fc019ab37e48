import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { agentQuery, publishRevision, refreshAgent, revisionQuery, revisionsQuery } from '#/api/agents'
import { inWords } from '#/api/errors'
import type { Revision } from '#/api/types'
import { Button } from '#/ui/Button'
import { More } from '#/ui/More'
import { Bones, Content } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { ComparedLines } from './ComparedLines'
import './history.css'

/** Every revision, what it changed, and the one that is published. */
export function History({ name }: { name: string }) {
  const { revision: wanted } = useSearch({ from: '/shell/agents/$name' })
  const revisions = useInfiniteQuery(revisionsQuery(name))
  const list = revisions.data?.pages.flatMap((page) => page.data) ?? []
  const chosen = list.find((one) => one.revision === wanted) ?? list[0]
  return (
    <Content label="History">
      {revisions.error && <Problem says={inWords(revisions.error)} />}
      {revisions.isPending && <Bones />}
      <div className="history">
        <ol>
          {list.map((one) => (
            <li key={one.revision}>
              <Link
                from="/agents/$name"
                search={{ show: 'history', revision: one.revision }}
                aria-current={one === chosen ? 'true' : undefined}
                replace
              >
                <b>Revision {one.revision}</b>
                {one.published && <Tag tone="sea">published</Tag>}
                <small>
                  <Time at={one.createdAt} />
                </small>
              </Link>
            </li>
          ))}
          <More of={revisions} />
        </ol>
        {chosen && <RevisionView key={chosen.revision} name={name} revision={chosen} />}
      </div>
    </Content>
  )
}

function RevisionView({ name, revision }: { name: string; revision: Revision }) {
  const queries = useQueryClient()
  const shown = useQuery(revisionQuery(name, revision.revision))
  const before = useQuery({ ...revisionQuery(name, revision.revision - 1), enabled: revision.revision > 1 })
  const { data: agent } = useQuery(agentQuery(name))
  const publish = useMutation({
    mutationFn: () => publishRevision(name, revision.revision, agent?.version),
    onSuccess: () => toasts.done(`Revision ${revision.revision} published`),
    // Refused, it shows what somebody else has published.
    onSettled: () => refreshAgent(queries, name),
  })
  const yaml = shown.data?.yaml
  const isFirst = revision.revision === 1
  return (
    <section className="revision" aria-label={`Revision ${revision.revision}`}>
      <header className="row">
        <h2 className="grow">{isFirst ? 'First revision' : `Changes since revision ${revision.revision - 1}`}</h2>
        <Button
          onClick={() => publish.mutate()}
          blocked={revision.published && 'Already published'}
          disabled={publish.isPending}
        >
          Publish revision {revision.revision}
        </Button>
      </header>
      {shown.isPending && <Bones />}
      {shown.error && <Problem says={inWords(shown.error)} />}
      {yaml !== undefined && (
        <ComparedLines before={isFirst ? undefined : (before.data?.yaml ?? '')} after={yaml} label="Lines" />
      )}
    </section>
  )
}
