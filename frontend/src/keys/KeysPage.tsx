import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { keysQuery, refreshKeys, revokeKey } from '#/api/keys'
import { denied, sessionQuery } from '#/api/session'
import type { Key } from '#/api/types'
import { SettingsSections } from '#/settings/SettingsSections'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { day } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { NewKey } from './NewKey'

export function KeysPage() {
  const keys = useQuery(keysQuery)
  const { data: session } = useQuery(sessionQuery)
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Key>()
  const create = (
    <Button kind="go" onClick={() => setMaking(true)} blocked={denied(session, 'admin')}>
      <Icon name="plus" />
      New key
    </Button>
  )
  return (
    <Page title="Settings" name="Keys" actions={create}>
      <SettingsSections />
      <Content label="Keys">
        {keys.error && <Problem says={inWords(keys.error)} />}
        {keys.isPending && <Bones />}
        {keys.data?.data.length === 0 && <Empty says="No keys yet. Programs need one to call the API." />}
        {!!keys.data?.data.length && <KeyTable keys={keys.data.data} onRevoke={setRevoking} />}
        <NewKey open={making} onClose={() => setMaking(false)} />
        <Revoke chosen={revoking} onClose={() => setRevoking(undefined)} />
      </Content>
    </Page>
  )
}

function KeyTable({ keys, onRevoke }: { keys: Key[]; onRevoke: (key: Key) => void }) {
  return (
    <Table>
      <thead>
        <tr>
          <th>Name</th>
          <th className="wide">Prefix</th>
          <th className="wide">Permissions</th>
          <th className="wide">Expires</th>
          <th>Last used</th>
          <th>
            <span className="hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td>{key.name}</td>
            <td className="wide mono quiet">{key.prefix}…</td>
            <td className="wide quiet">{key.scopes.join(', ')}</td>
            <td className="wide quiet">{key.expiresAt ? day(key.expiresAt) : 'never'}</td>
            <td className="quiet">{key.lastUsedAt ? <Time at={key.lastUsedAt} /> : 'never'}</td>
            <td className="numeric">
              <Button kind="bare icon" aria-label={`Revoke ${key.name}`} title="Revoke" onClick={() => onRevoke(key)}>
                <Icon name="trash" />
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Revoke({ chosen, onClose }: { chosen?: Key; onClose: () => void }) {
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: (key: Key) => revokeKey(key.id),
    onSuccess: (_nothing, key) => {
      toasts.done(`Key "${key.name}" revoked`)
      void refreshKeys(queries)
    },
  })
  return (
    <Confirm
      open={chosen !== undefined}
      onClose={onClose}
      title={`Revoke "${chosen?.name}"?`}
      says="Anything using it stops working at once. This can't be undone."
      action="Revoke key"
      onYes={() => {
        if (chosen) revoke.mutate(chosen)
        onClose()
      }}
    />
  )
}
