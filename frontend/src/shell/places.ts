import type { LinkProps } from '@tanstack/react-router'
import type { IconName } from '#/ui/Icon'

type Place = { to: LinkProps['to']; name: string; icon: IconName; gap?: boolean; wideOnly?: boolean }

/** The pages of the console, in the order of the rail. */
export const places: Place[] = [
  { to: '/threads', name: 'Chat', icon: 'bubble' },
  { to: '/runs', name: 'Runs', icon: 'lines' },
  { to: '/approvals', name: 'Approvals', icon: 'shield' },
  { to: '/agents', name: 'Agents', icon: 'helm', gap: true },
  { to: '/tools', name: 'Tools', icon: 'wrench' },
  { to: '/models', name: 'Models', icon: 'cube' },
  { to: '/budgets', name: 'Budgets', icon: 'columns', gap: true },
  { to: '/reference', name: 'API', icon: 'brackets', wideOnly: true },
  { to: '/settings', name: 'Settings', icon: 'sliders' },
]
