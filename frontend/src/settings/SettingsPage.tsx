import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { rememberCsrfToken, remove } from '#/api/client'
import { infoQuery, sessionQuery } from '#/api/queries'
import { api } from '#/api/paths'
import { Button } from '#/ui/Button'
import { exact } from '#/ui/format'
import { Content, Page } from '#/ui/Page'
import { SettingsSections } from './SettingsSections'
import { Theme } from './Theme'
import './settings.css'

export function SettingsPage() {
  const { data: info } = useQuery(infoQuery)
  return (
    <Page title="Settings">
      <SettingsSections />
      <Content label="Settings">
        <div className="settings">
          <nav className="more-places" aria-label="More places">
            <Link to="/budgets" className="button">
              Budgets
            </Link>
            <Link to="/reference" className="button">
              API
            </Link>
          </nav>
          <Theme />
          <SessionPart />
          <section>
            <h2>Server</h2>
            <dl className="pairs">
              <dt>Version</dt>
              <dd>{info?.version ?? '–'}</dd>
              <dt>Replicas</dt>
              <dd>{info?.replicas ?? '–'}</dd>
              <dt>Answered by</dt>
              <dd className="mono">{info?.replica ?? '–'}</dd>
              <dt>Up since</dt>
              <dd>{info ? exact(info.startedAt) : '–'}</dd>
            </dl>
          </section>
          <section>
            <h2>Keys on the keyboard</h2>
            <p className="small">
              Press <kbd>?</kbd> anywhere: it shows all keys, and switches single letters on and off.
            </p>
          </section>
        </div>
      </Content>
    </Page>
  )
}

function SessionPart() {
  const { data: session } = useQuery(sessionQuery)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: () => remove(api.session),
    onSuccess: async () => {
      rememberCsrfToken(null)
      await navigate({ to: '/sign-in' })
      queries.clear()
    },
  })
  return (
    <section>
      <h2>Session</h2>
      <dl className="pairs">
        <dt>Tenant</dt>
        <dd>{session?.tenant}</dd>
        <dt>Signed in as</dt>
        <dd>{session?.authMode === 'none' ? 'nobody: this server asks for no key' : session?.name}</dd>
        <dt>May</dt>
        <dd>{session?.scopes.join(', ')}</dd>
      </dl>
      {session?.authMode === 'keys' && (
        <div>
          <Button onClick={() => leave.mutate()}>Sign out</Button>
        </div>
      )}
    </section>
  )
}
