import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { title } from '#/ui/title'

/** A page's title is there a moment after its address. */
const TITLE_MS = 150

/** Says which page one has come to; whoever came by the navigation goes on reading in the page. */
export function Arrived() {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const before = useRef(path)
  const [says, setSays] = useState('')
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    if (document.activeElement?.closest('.shell > nav')) document.getElementById('main')?.focus()
    const timer = setTimeout(() => setSays(title.name()), TITLE_MS)
    return () => clearTimeout(timer)
  }, [path])
  return (
    <p className="hidden" role="status">
      {says}
    </p>
  )
}

/** Past the navigation, and on pages with a list beside what is read, past that as well. */
export function skipToContent(event: { preventDefault: () => void }) {
  event.preventDefault()
  const main = document.getElementById('main')
  const target = main?.querySelector<HTMLElement>('[data-content]') ?? main
  target?.focus()
}
