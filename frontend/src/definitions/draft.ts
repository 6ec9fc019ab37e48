import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { stored } from '#/ui/stored'

/** What was typed and not saved, and when. */
export type Kept = { text: string; at: string }

const keyOf = (name: string) => `definition:${name}`

export function readKept(name: string, start: string): Kept | undefined {
  try {
    const kept = JSON.parse(stored.read(keyOf(name)) || 'null') as Kept | null
    return typeof kept?.text === 'string' && kept.text !== start ? kept : undefined
  } catch {
    return undefined
  }
}

export function keep(name: string, text: string, start: string, now = new Date()) {
  stored.write(keyOf(name), text === start ? '' : JSON.stringify({ text, at: now.toISOString() }))
}

/**
 * The text of a definition while somebody edits it. Each change is kept in this browser until it is saved: neither a
 * reload nor another page takes it away, and whoever comes back is asked whether to go on with it. `begin` is what it
 * begins with where that is not what is saved.
 */
export function useDraft(name: string, start: string, begin = start) {
  const [text, setText] = useState(begin)
  const [kept, setKept] = useState(() => readKept(name, start))
  const write = (next: string) => {
    setText(next)
    setKept(undefined)
    keep(name, next, start)
  }
  useBlocker({
    // What is kept needs no question within the console; a closed window may never come back.
    shouldBlockFn: () => false,
    enableBeforeUnload: () => readKept(name, start) !== undefined,
  })
  return {
    text,
    write,
    kept,
    restore: () => kept && write(kept.text),
    discard: () => {
      setKept(undefined)
      keep(name, start, start)
    },
    clear: () => keep(name, start, start),
  }
}
