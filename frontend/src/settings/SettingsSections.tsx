import { Link } from '@tanstack/react-router'

export function SettingsSections() {
  return (
    <nav className="sections" aria-label="Settings">
      <Link to="/settings" activeOptions={{ exact: true }}>
        General
      </Link>
      <Link to="/settings/keys">Keys</Link>
      <Link to="/reference">API</Link>
    </nav>
  )
}
