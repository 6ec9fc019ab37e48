import { useQuery } from '@tanstack/react-query'
import { readyQuery } from '#/api/server'
import './offline.css'

/** Across the page while the server does not answer; a phone has no other place that says so. */
export function Offline() {
  const { isError } = useQuery(readyQuery)
  return (
    <p className="offline" role="status" hidden={!isError}>
      {isError && 'No connection to the server. Runs continue; this page catches up by itself.'}
    </p>
  )
}
