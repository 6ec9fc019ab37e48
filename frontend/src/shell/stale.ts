import { isLostPart } from '#/api/errors'
import { isReady } from '#/api/server'

const KEY = 'reloaded-for-parts'
/** Parts that are lost again this soon after a reload are not lost by an upgrade. */
const ONCE_PER_MS = 30_000
const LOOK_MS = 2_000

type Page = { now: number; last: number }

/** Whether the page may load itself anew: once, and again only if that has held for a while. */
export const mayReload = ({ now, last }: Page) => now - last > ONCE_PER_MS

function reloadOnce(): boolean {
  try {
    const page = { now: Date.now(), last: Number(sessionStorage.getItem(KEY) ?? 0) }
    if (!mayReload(page)) return false
    sessionStorage.setItem(KEY, String(page.now))
  } catch {
    // Without a memory the page might reload for ever.
    return false
  }
  location.reload()
  return true
}

let looking = false

/**
 * A browser asks for a failed part of a page only once, and an upgrade takes the old parts away: as soon as the server
 * answers, the page is loaded anew with the parts that are there now.
 */
export function heal() {
  if (looking) return
  looking = true
  const look = async () => {
    if ((await isReady()) && reloadOnce()) return
    setTimeout(() => void look(), LOOK_MS)
  }
  void look()
}

export function outliveNewVersions() {
  window.addEventListener('vite:preloadError', heal)
  window.addEventListener('unhandledrejection', ({ reason }) => isLostPart(reason) && heal())
}
