import type { LinkProps } from '@tanstack/react-router'
import type { IconName } from '#/ui/Icon'

export type Place = {
  to: NonNullable<LinkProps['to']>
  name: string
  icon: IconName
  gap?: boolean
  /** Stands in the bar of a phone, which has room for few; the others are behind its last entry. */
  inBar?: boolean
}

/** The pages of the console, in the order of the rail. */
export const places: Place[] = [
  { to: '/threads', name: 'Chat', icon: 'bubble', inBar: true },
  { to: '/runs', name: 'Runs', icon: 'lines', inBar: true },
  { to: '/approvals', name: 'Approvals', icon: 'shield', inBar: true },
  { to: '/agents', name: 'Agents', icon: 'helm', gap: true, inBar: true },
  { to: '/workflows', name: 'Workflows', icon: 'flow' },
  { to: '/triggers', name: 'Triggers', icon: 'clock' },
  { to: '/webhooks', name: 'Webhooks', icon: 'send' },
  { to: '/tools', name: 'Tools', icon: 'wrench' },
  { to: '/collections', name: 'Collections', icon: 'list' },
  { to: '/models', name: 'Models', icon: 'cube' },
  { to: '/usage', name: 'Usage', icon: 'columns', gap: true },
  { to: '/budgets', name: 'Budgets', icon: 'shield' },
  { to: '/reference', name: 'API', icon: 'brackets' },
  { to: '/settings', name: 'Settings', icon: 'sliders' },
]
