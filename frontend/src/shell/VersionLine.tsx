import { useQuery } from '@tanstack/react-query'
import { infoQuery } from '#/api/server'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Which version it is, and the keys that search it. */
export function VersionLine() {
  const { data: info } = useQuery(infoQuery)
  return (
    <>
      {info?.version ?? '–'} · <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd> to search
    </>
  )
}
