import { lazy, Suspense } from 'react'
import { Bones } from '#/ui/Page'
import type { GraphProps } from './props'
import { StateList } from './StateList'

const GraphView = lazy(() => import('./GraphView').then((module) => ({ default: module.GraphView })))

/** The states of a workflow: drawn, or as a list where there is no room. */
export function Graph({ narrow, ...shown }: GraphProps & { narrow: boolean }) {
  if (narrow) return <StateList {...shown} />
  return (
    <Suspense fallback={<Bones />}>
      <GraphView {...shown} />
    </Suspense>
  )
}
