import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { inWords } from '#/api/errors'
import { each } from '#/api/pages'
import { foundRunsQuery, runCountQuery } from '#/api/search'
import { ButtonLink } from '#/ui/ButtonLink'
import { plural } from '#/ui/format'
import { More } from '#/ui/More'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { BulkBar } from './BulkBar'
import { useColumns } from './columns'
import { Columns, SavedViews } from './ListTools'
import { RunFilters } from './RunFilters'
import { RunTable } from './RunTable'
import './runs-page.css'

export function RunsPage() {
  const filter = useSearch({ from: '/shell/runs' })
  const runs = useInfiniteQuery({ ...foundRunsQuery(filter), refetchInterval: each(5_000) })
  const { data: count } = useQuery({ ...runCountQuery(filter), staleTime: 15_000 })
  const list = runs.data?.pages.flatMap((page) => page.data)
  const { hasNextPage, isFetching, fetchNextPage } = runs
  const isShort = list !== undefined && list.length < 20
  useEffect(() => {
    // A page that found little goes on by itself: a request looks at so many runs only.
    if (isShort && hasNextPage && !isFetching) void fetchNextPage()
  }, [isShort, hasNextPage, isFetching, fetchNextPage])
  const { shown, toggle } = useColumns()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const chosen = list?.filter((run) => ticked.has(run.id)) ?? []
  const isWhole = runs.data?.pages.every((page) => page.isWhole !== false) ?? true
  const tick = (run: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, run] : [...before].filter((one) => one !== run)))
  const filtered = Object.entries(filter).some(([name, value]) => name !== 'sort' && value !== undefined)
  return (
    <Page
      title="Runs"
      about={count && `${plural(count.runs, 'run')}${count.isExact ? '' : ' or more'}${filtered ? ' found' : ''}`}
      actions={<Columns shown={shown} onToggle={toggle} />}
    >
      <RunFilters filter={filter} />
      <SavedViews filter={filter} />
      {chosen.length > 0 && (
        <BulkBar
          runs={list ?? []}
          chosen={chosen}
          onAll={(on) => setTicked(new Set(on ? list?.map(({ id }) => id) : []))}
        />
      )}
      <Content label="Runs">
        {runs.error && <Problem says={inWords(runs.error)} />}
        {runs.isPending && <Bones />}
        {list?.length === 0 && !hasNextPage && (
          <Empty says={filtered ? 'No matching runs' : 'No runs yet'}>
            {filtered ? (
              <ButtonLink to="/runs">Show all runs</ButtonLink>
            ) : (
              <ButtonLink kind="go" to="/threads">
                Start a chat
              </ButtonLink>
            )}
          </Empty>
        )}
        {list?.length === 0 && hasNextPage && <p className="small">Searching older runs…</p>}
        {!!list?.length && <RunTable runs={list} shown={shown} ticked={ticked} onTick={tick} />}
        {!isWhole && (
          <p className="small" role="status">
            Sorted among the first 16,000 runs only. Add words, a state, an agent or a time to sort all that match.
          </p>
        )}
        <More of={runs} />
      </Content>
    </Page>
  )
}
