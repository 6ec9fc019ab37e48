import { useState } from 'react'
import { buttonClass } from '#/ui/Button'
import { stored } from '#/ui/stored'
import './theme.css'

const themes = [
  { value: '', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

function apply(theme: string) {
  stored.write('theme', theme)
  if (theme) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
}

export function Theme() {
  const [theme, setTheme] = useState(() => stored.read('theme'))
  const pick = (value: string) => {
    setTheme(value)
    apply(value)
  }
  return (
    <fieldset className="themes">
      <legend>Appearance</legend>
      {themes.map(({ value, label }) => (
        <label key={label} className={buttonClass()}>
          <input type="radio" name="theme" checked={theme === value} onChange={() => pick(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
