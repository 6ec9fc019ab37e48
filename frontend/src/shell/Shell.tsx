import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { buttonClass } from '#/ui/Button'
import { letters } from '#/ui/letters'
import { useNarrow } from '#/ui/screen'
import { Arrived, skipToContent } from './Arrived'
import { Offline } from './Offline'
import { Rail } from './Rail'
import './shell.css'

const PhoneBar = lazy(() => import('./PhoneBar').then((module) => ({ default: module.PhoneBar })))
const Questions = lazy(() => import('./Questions').then((module) => ({ default: module.Questions })))
const KeyList = lazy(() => import('./KeyList').then((module) => ({ default: module.KeyList })))
const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })))

export function Shell() {
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  const isPhone = useNarrow(640)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (letters.of(event) === '?') {
        event.preventDefault()
        return setKeys(true)
      }
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setPalette((open) => !open)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="shell">
      <a className={buttonClass('plain', 'skip')} href="#main" onClick={skipToContent}>
        Skip to content
      </a>
      <Offline />
      {isPhone ? (
        <Suspense fallback={<nav aria-label="Main" />}>
          <PhoneBar onPalette={() => setPalette(true)} />
        </Suspense>
      ) : (
        <Rail onPalette={() => setPalette(true)} onKeys={() => setKeys(true)} />
      )}
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Arrived />
      <Suspense>
        <Questions />
      </Suspense>
      {keys && (
        <Suspense>
          <KeyList onClose={() => setKeys(false)} />
        </Suspense>
      )}
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  )
}
