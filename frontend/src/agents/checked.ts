import { useEffect, useState } from 'react'
import { checkAgent } from '#/api/agents'
import { inWords } from '#/api/errors'
import type { ProblemError } from '#/api/types'

const PAUSE_MS = 350

type Checked = { errors: ProblemError[]; checking: boolean; trouble: string }

/** Asks the server for everything that is wrong with a definition, a moment after the last keystroke. */
export function useChecked(name: string, yaml: string) {
  const [checked, setChecked] = useState<Checked>({ errors: [], checking: true, trouble: '' })
  useEffect(() => {
    if (!name) return setChecked({ errors: [], checking: false, trouble: 'Enter a name to check the definition' })
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setChecked((before) => ({ ...before, checking: true }))
      checkAgent(name, yaml, stop.signal).then(
        () => setChecked({ errors: [], checking: false, trouble: '' }),
        (error: unknown) => {
          if (stop.signal.aborted) return
          const words = inWords(error)
          setChecked({ errors: words.errors, checking: false, trouble: words.errors.length ? '' : words.title })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [name, yaml])
  return { ...checked, show: (errors: ProblemError[]) => setChecked({ errors, checking: false, trouble: '' }) }
}
