import { useMutation, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { inWords } from '#/api/errors'
import { Button } from '#/ui/Button'
import { More } from '#/ui/More'
import { Bones, Content } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { ComparedLines } from './ComparedLines'
import './revision-history.css'

type Revision = {
  revision: number
  published: boolean
  createdAt: string
  author?: string | null
  note?: string | null
  yaml?: string
}
type Acts<R> = {
  read: (revision: number) => UseQueryOptions<R, Error, R, (string | number)[]>
  publish: (revision: number) => Promise<unknown>
  /** Also after a refusal: it shows what somebody else has published. */
  onTried: () => unknown
  /** Edits the text of an old revision as the next one. */
  renderRestore?: (revision: number) => ReactNode
}
type Props<R> = Acts<R> & {
  revisions: ComponentProps<typeof More>['of'] & {
    data: { pages: { data: R[] }[] } | undefined
    error: Error | null
    isPending: boolean
  }
  wanted: number | undefined
  renderLink: (revision: number, isChosen: boolean, says: ReactNode) => ReactNode
  /** Left out of the list until somebody asks for them. */
  minor?: (revision: R) => boolean
}

/** Every revision, what it changed, and the one that is published. */
export function RevisionHistory<R extends Revision>({ revisions, wanted, renderLink, minor, ...acts }: Props<R>) {
  const [all, setAll] = useState(false)
  const list = revisions.data?.pages.flatMap((page) => page.data) ?? []
  const chosen = list.find((one) => one.revision === wanted) ?? list[0]
  const shown = list.filter((one) => all || one === chosen || one.published || !minor?.(one))
  return (
    <Content label="History">
      {revisions.error && <Problem says={inWords(revisions.error)} />}
      {revisions.isPending && <Bones />}
      <div className="revision-history">
        <ol>
          {shown.map((one) => (
            <li key={one.revision}>
              {renderLink(
                one.revision,
                one === chosen,
                <>
                  <b>Revision {one.revision}</b>
                  {one.published && <Tag tone="sea">published</Tag>}
                  <small>
                    <Time at={one.createdAt} />
                    {one.author && ` by ${one.author}`}
                  </small>
                  {one.note && <small className="note">{one.note}</small>}
                </>,
              )}
            </li>
          ))}
          {shown.length < list.length && (
            <li>
              <Button kind="bare" onClick={() => setAll(true)}>
                Show {list.length - shown.length} more that were only tried
              </Button>
            </li>
          )}
          <More of={revisions} />
        </ol>
        {chosen && <RevisionView key={chosen.revision} revision={chosen} others={list} {...acts} />}
      </div>
    </Content>
  )
}

type ViewProps<R> = Acts<R> & { revision: Revision; others: Revision[] }

function RevisionView<R extends Revision>({ revision, others, read, publish, onTried, renderRestore }: ViewProps<R>) {
  const isFirst = revision.revision === 1
  const [against, setAgainst] = useState(revision.revision - 1)
  const shown = useQuery(read(revision.revision))
  const before = useQuery({ ...read(against), enabled: against > 0 })
  const publishing = useMutation({
    mutationFn: () => publish(revision.revision),
    onSuccess: () => toasts.done(`Revision ${revision.revision} published`),
    onSettled: onTried,
  })
  const yaml = shown.data?.yaml
  const isNewest = revision.revision === others[0]?.revision
  return (
    <section className="revision" aria-label={`Revision ${revision.revision}`}>
      <header className="row">
        <h2 className="grow">{isFirst && against === 0 ? 'First revision' : `Changes since revision ${against}`}</h2>
        {others.length > 1 && (
          <select
            className="input against"
            aria-label="Compare with"
            value={against}
            onChange={(event) => setAgainst(Number(event.target.value))}
          >
            {isFirst && <option value={0}>Compare with…</option>}
            {others
              .filter((one) => one.revision !== revision.revision)
              .map((one) => (
                <option key={one.revision} value={one.revision}>
                  Compare with revision {one.revision}
                </option>
              ))}
          </select>
        )}
        {!isNewest && renderRestore?.(revision.revision)}
        <Button
          onClick={() => publishing.mutate()}
          blocked={revision.published && 'Already published'}
          disabled={publishing.isPending}
        >
          Publish revision {revision.revision}
        </Button>
      </header>
      {shown.isPending && <Bones />}
      {shown.error && <Problem says={inWords(shown.error)} />}
      {yaml !== undefined && (
        <ComparedLines before={against === 0 ? undefined : (before.data?.yaml ?? yaml)} after={yaml} label="Lines" />
      )}
    </section>
  )
}
