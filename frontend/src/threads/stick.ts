import { useCallback, useEffect, useRef, useState } from 'react'

const NEAR = 56

/** Keeps the end in sight while the reader is there, and leaves a reader who scrolled up alone. */
export function useStickToBottom(begin: boolean) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const stuck = useRef(begin)
  const [away, setAway] = useState(false)

  const jump = useCallback(() => {
    stuck.current = true
    setAway(false)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [])

  useEffect(() => {
    const element = scroller.current
    if (!element || !content.current) return
    let top = element.scrollTop
    const onScroll = () => {
      const near = element.scrollHeight - element.clientHeight - element.scrollTop < NEAR
      // Content that grows moves the end away without a scroll; only a move upwards is the reader's.
      if (element.scrollTop < top - 1 && !near) stuck.current = false
      if (near) stuck.current = true
      top = element.scrollTop
      setAway(!stuck.current)
    }
    const grown = new ResizeObserver(() => {
      if (stuck.current) element.scrollTop = element.scrollHeight
    })
    // What the reader opens must grow downwards under the pointer, not push itself out of sight.
    const onClick = (event: Event) => {
      if (event.target instanceof Element && event.target.closest('[aria-expanded]')) stuck.current = false
    }
    element.addEventListener('click', onClick, { capture: true })
    element.addEventListener('scroll', onScroll, { passive: true })
    grown.observe(content.current)
    grown.observe(element)
    return () => {
      element.removeEventListener('click', onClick, { capture: true })
      element.removeEventListener('scroll', onScroll)
      grown.disconnect()
    }
  }, [])

  return { scroller, content, away, jump }
}
