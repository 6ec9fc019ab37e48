import { Link } from '@tanstack/react-router'
import { Sections } from '#/ui/Sections'

export function SettingsSections() {
  return (
    <Sections label="Settings">
      <Link to="/settings" activeOptions={{ exact: true }}>
        General
      </Link>
      <Link to="/settings/keys">Keys</Link>
      <Link to="/settings/secrets">Secrets</Link>
    </Sections>
  )
}
