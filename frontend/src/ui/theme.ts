import { stored } from './stored'

export type ThemeName = '' | 'light' | 'dark'
export const themes: { value: ThemeName; label: string }[] = [
  { value: '', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export const theme = {
  read: () => stored.read('theme'),
  pick(next: ThemeName) {
    stored.write('theme', next)
    if (next) document.documentElement.dataset.theme = next
    else delete document.documentElement.dataset.theme
  },
}
