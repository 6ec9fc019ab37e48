import { useEffect, useState } from 'react'
import { inWords } from '#/api/errors'
import type { ProblemError } from '#/api/types'

const PAUSE_MS = 350

/** `found` is what the server said of the last text without mistakes. */
type Checked<Found> = { errors: ProblemError[]; checking: boolean; trouble: string; found?: Found }
export type Check<Found> = (name: string, yaml: string, signal: AbortSignal) => Promise<Found>

/** Asks the server for everything that is wrong with a definition, a moment after the last change. */
export function useChecked<Found>(name: string, yaml: string, check: Check<Found>) {
  const [checked, setChecked] = useState<Checked<Found>>({ errors: [], checking: true, trouble: '' })
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setChecked((before) => ({ ...before, checking: true }))
      check(name, yaml, stop.signal).then(
        (found) => setChecked({ errors: [], checking: false, trouble: '', found }),
        (error: unknown) => {
          if (stop.signal.aborted) return
          const { errors, title } = inWords(error)
          setChecked((before) => ({ ...before, errors, checking: false, trouble: errors.length ? '' : title }))
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [name, yaml, check])
  const show = (errors: ProblemError[]) => setChecked((before) => ({ ...before, errors, checking: false, trouble: '' }))
  return { ...checked, show }
}
