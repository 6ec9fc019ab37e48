import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Rows beyond the edges of the window, so that a fast reader sees no gap. */
const MORE = 12

export type Windowed = {
  from: number
  to: number
  /** Has a row drawn, wherever the reader is. */
  reveal: (index: number) => void
}

/**
 * Which rows of a long list are drawn: those in the browser's window and some around. All rows are as high as each
 * other; whichever part of the page scrolls, the list's own place tells what is seen.
 */
export function useWindowed(list: RefObject<HTMLElement | null>, count: number, height: number): Windowed {
  const first = Math.ceil(window.innerHeight / height) + MORE
  const [range, setRange] = useState({ from: 0, to: Math.min(count, first) })
  const frame = useRef(0)
  const look = useEffectEvent(() => {
    const top = list.current?.getBoundingClientRect().top
    if (top === undefined) return
    const above = Math.floor(-top / height) - MORE
    const below = Math.ceil((window.innerHeight - top) / height) + MORE
    // Steps of four rows, so that not every pixel draws anew.
    const from = Math.max(0, Math.min(count, above - (above % 4)))
    const to = Math.min(count, Math.max(0, below + ((4 - (below % 4)) % 4)))
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }))
  })
  useLayoutEffect(() => look(), [])
  useEffect(() => {
    const later = () => {
      cancelAnimationFrame(frame.current)
      frame.current = requestAnimationFrame(look)
    }
    document.addEventListener('scroll', later, { capture: true, passive: true })
    window.addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame.current)
      document.removeEventListener('scroll', later, { capture: true })
      window.removeEventListener('resize', later)
    }
  }, [])
  const reveal = (index: number) =>
    setRange((before) =>
      index >= before.from && index < before.to
        ? before
        : { from: Math.max(0, index - MORE), to: Math.min(count, index + first) },
    )
  // A list that grows or shrinks keeps a window full of rows.
  const from = Math.min(range.from, Math.max(0, count - first))
  return { from, to: Math.min(count, Math.max(range.to, from + first)), reveal }
}
