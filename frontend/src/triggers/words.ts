import type { Firing, Trigger } from '#/api/types'
import type { MarkName } from '#/ui/Mark'

/** What fires it, in the words of the manual. */
export const sources: Record<Trigger['source'], string> = {
  schedule: 'Schedule',
  webhook: 'Webhook',
  event: 'Event',
}

/** How a sender proves who it is. */
export const verifications: Record<NonNullable<Trigger['verify']>, string> = {
  standard: 'signed as Standard Webhooks',
  github: "signed as GitHub's",
  hmac: 'signed by HMAC-SHA256',
  open: 'open: everybody may start runs',
}

export const firingStates: Record<Firing['state'], { mark: MarkName; word: string }> = {
  due: { mark: 'queued', word: 'due' },
  started: { mark: 'succeeded', word: 'started' },
  skipped: { mark: 'cancelled', word: 'skipped' },
  failed: { mark: 'failed', word: 'failed' },
}

/** A moment on the clocks of a zone: "Mon, 1 Dec 2026, 07:00:00". */
export const inZone = (iso: string, timeZone: string) =>
  new Date(iso).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  })
