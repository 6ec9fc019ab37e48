import { useState } from 'react'
import { buttonClass } from '#/ui/Button'
import { theme, themes, type ThemeName } from '#/ui/theme'
import './theme.css'

export function Theme() {
  const [chosen, setChosen] = useState(theme.read)
  const pick = (value: ThemeName) => {
    setChosen(value)
    theme.pick(value)
  }
  return (
    <fieldset className="themes">
      <legend>Appearance</legend>
      {themes.map(({ value, label }) => (
        <label key={label} className={buttonClass()}>
          <input type="radio" name="theme" checked={chosen === value} onChange={() => pick(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
