import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { refreshSecrets, removeSecret, secretsQuery } from '#/api/secrets'
import { denied, sessionQuery } from '#/api/session'
import type { Secret } from '#/api/types'
import { SettingsSections } from '#/settings/SettingsSections'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { SetSecret } from './SetSecret'

/** Names and hosts of secrets. Nobody reads a value back, so there is none to show. */
export function SecretsPage() {
  const secrets = useQuery(secretsQuery)
  const { data: session } = useQuery(sessionQuery)
  const [setting, setSetting] = useState<Secret | 'new'>()
  const [removing, setRemoving] = useState<Secret>()
  const blocked = denied(session, 'admin')
  const create = (
    <Button kind="go" onClick={() => setSetting('new')} blocked={blocked}>
      <Icon name="plus" />
      New secret
    </Button>
  )
  return (
    <Page title="Settings" name="Secrets" actions={create}>
      <SettingsSections />
      <Content label="Secrets">
        {secrets.error && <Problem says={inWords(secrets.error)} />}
        {secrets.isPending && <Bones />}
        {secrets.data?.data.length === 0 && (
          <Empty says="No secrets yet. Agents use them as secret://name without seeing their values." />
        )}
        {!!secrets.data?.data.length && (
          <SecretTable secrets={secrets.data.data} blocked={blocked} onSet={setSetting} onRemove={setRemoving} />
        )}
        <SetSecret chosen={setting} onClose={() => setSetting(undefined)} />
        <Remove chosen={removing} onClose={() => setRemoving(undefined)} />
      </Content>
    </Page>
  )
}

type TableProps = {
  secrets: Secret[]
  blocked: string | false
  onSet: (secret: Secret) => void
  onRemove: (secret: Secret) => void
}

function SecretTable({ secrets, blocked, onSet, onRemove }: TableProps) {
  return (
    <Table>
      <thead>
        <tr>
          <th>Name</th>
          <th className="wide">Hosts</th>
          <th className="wide">Description</th>
          <th>Updated</th>
          <th>
            <span className="hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <tr key={secret.name}>
            <td className="mono">{secret.name}</td>
            <td className="wide quiet">{secret.hosts.join(', ')}</td>
            <td className="wide quiet">{secret.description}</td>
            <td className="quiet">
              <Time at={secret.updatedAt} />
            </td>
            <td className="numeric">
              <Button aria-label={`Replace ${secret.name}`} blocked={blocked} onClick={() => onSet(secret)}>
                Replace
              </Button>{' '}
              <Button
                kind="bare icon"
                aria-label={`Delete ${secret.name}`}
                title="Delete"
                blocked={blocked}
                onClick={() => onRemove(secret)}
              >
                <Icon name="trash" />
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Remove({ chosen, onClose }: { chosen?: Secret; onClose: () => void }) {
  const queries = useQueryClient()
  const gone = useMutation({
    mutationFn: removeSecret,
    onSuccess: (_nothing, secret) => toasts.done(`Secret "${secret.name}" deleted`),
    // Refused, it shows what somebody else has made of it.
    onSettled: () => refreshSecrets(queries),
  })
  return (
    <Confirm
      open={chosen !== undefined}
      onClose={onClose}
      title={`Delete "${chosen?.name}"?`}
      says="Agents that use it fail from now on. This can't be undone."
      action="Delete secret"
      onYes={() => {
        if (chosen) gone.mutate(chosen)
        onClose()
      }}
    />
  )
}
