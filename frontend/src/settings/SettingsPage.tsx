import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { infoQuery } from '#/api/server'
import { sessionEnded, sessionQuery, signOut } from '#/api/session'
import { Button } from '#/ui/Button'
import { exact } from '#/ui/format'
import { Content, Page } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Notices } from './Notices'
import { SettingsSections } from './SettingsSections'
import { Theme } from './Theme'
import './settings-page.css'

export function SettingsPage() {
  const { data: info } = useQuery(infoQuery)
  return (
    <Page title="Settings">
      <SettingsSections />
      <Content label="Settings">
        <div className="settings">
          <Theme />
          <Notices />
          <SessionPart />
          <section>
            <h2>Server</h2>
            <Pairs>
              <dt>Version</dt>
              <dd>{info?.version ?? '–'}</dd>
              <dt>Replicas</dt>
              <dd>{info?.replicas ?? '–'}</dd>
              <dt>Replica</dt>
              <dd className="mono">{info?.replica ?? '–'}</dd>
              <dt>Up since</dt>
              <dd>{info ? exact(info.startedAt) : '–'}</dd>
            </Pairs>
          </section>
          <section>
            <h2>Keyboard shortcuts</h2>
            <p className="small">
              Press <kbd>?</kbd>
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
    mutationFn: () => signOut(),
    onSuccess: () => sessionEnded(queries, () => navigate({ to: '/sign-in' })),
  })
  return (
    <section>
      <h2>Session</h2>
      <Pairs>
        <dt>Tenant</dt>
        <dd>{session?.tenant}</dd>
        <dt>Signed in as</dt>
        <dd>{session?.authMode === 'none' ? 'Sign-in is off' : session?.name}</dd>
        <dt>Permissions</dt>
        <dd>{session?.scopes.join(', ')}</dd>
      </Pairs>
      {session?.authMode === 'keys' && (
        <div>
          <Button onClick={() => leave.mutate()}>Sign out</Button>
        </div>
      )}
    </section>
  )
}
