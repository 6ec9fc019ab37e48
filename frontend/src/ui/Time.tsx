import { useEffect, useState } from 'react'
import { ago, exact } from './format'

/** A moment: relative for reading, exact for pointing at and for screen readers. */
export function Time({ at }: { at: string }) {
  useNow(30_000)
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at)}
    </time>
  )
}

/** The time, again every `every` ms; 0 stands still. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!every) return
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
