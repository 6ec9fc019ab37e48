import { useState } from 'react'
import { Button } from '#/ui/Button'

/** Rows that are drawn at once; a run over a map of thousands of items has tens of thousands. */
const MOST = 200

type Folded<T> = { shown: T[]; before: number; after: number; go: (by: number) => void }

/** A part of a long list: around what is chosen, or where somebody has gone from there. */
export function useFold<T>(all: T[], chosen: number): Folded<T> {
  const [gone, setGone] = useState({ chosen, by: 0 })
  const by = gone.chosen === chosen ? gone.by : 0
  const last = Math.max(0, all.length - MOST)
  const from = Math.max(0, Math.min(last, Math.max(0, chosen - MOST / 2) + by))
  return {
    shown: all.slice(from, from + MOST),
    before: from,
    after: Math.max(0, all.length - from - MOST),
    go: (pages) => setGone({ chosen, by: by + pages * MOST }),
  }
}

export const Earlier = ({ of: { before, go } }: { of: Folded<unknown> }) =>
  before > 0 && <Button onClick={() => go(-1)}>{before.toLocaleString()} earlier</Button>

export const Later = ({ of: { after, go } }: { of: Folded<unknown> }) =>
  after > 0 && <Button onClick={() => go(1)}>{after.toLocaleString()} later</Button>
