import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

const NEAR = 56
/** So near to the top, what comes before is read by itself. */
const TOP = 240

type Past = {
  data?: { pages: unknown[] }
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/**
 * Keeps the end in sight while the reader is there, and leaves a reader who scrolled up alone; what was said before is read
 * near the top, and what is being read stays where it is.
 */
export function useStickToBottom(begin: boolean, past: Past) {
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

  const from = useRef<{ height: number; top: number }>(undefined)
  const pages = past.data?.pages.length ?? 0
  const earlier = () => {
    const element = scroller.current
    if (!element || !past.hasNextPage || past.isFetchingNextPage) return
    from.current = { height: element.scrollHeight, top: element.scrollTop }
    void past.fetchNextPage()
  }
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !from.current || pages === 0) return
    element.scrollTop = element.scrollHeight - from.current.height + from.current.top
    from.current = undefined
  }, [pages])
  const fill = useEffectEvent(() => {
    const element = scroller.current
    if (element && element.scrollHeight <= element.clientHeight) earlier()
  })
  useEffect(() => {
    // What fits the window cannot be scrolled: a branch of one short turn is read with what was said before it.
    if (past.hasNextPage && pages > 0) fill()
  }, [past.hasNextPage, pages])
  const onMove = useEffectEvent((moved: number) => {
    const element = scroller.current
    if (element && moved < 0 && element.scrollTop < TOP) earlier()
    // Who goes on scrolling while it is read is where they are now.
    if (element && from.current) from.current = { height: element.scrollHeight, top: element.scrollTop }
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let top = element.scrollTop
    const listen = () => {
      onMove(element.scrollTop - top)
      top = element.scrollTop
    }
    element.addEventListener('scroll', listen, { passive: true })
    return () => element.removeEventListener('scroll', listen)
  }, [])

  return { scroller, content, away, jump, earlier }
}
