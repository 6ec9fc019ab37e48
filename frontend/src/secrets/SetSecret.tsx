import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { putSecret, refreshSecrets } from '#/api/secrets'
import type { Secret } from '#/api/types'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { toasts } from '#/ui/toasts'

type Props = { chosen?: Secret | 'new'; onClose: () => void }

/** Asks for all of a secret. Replacing one asks for its value too: who changes where it goes must know it. */
export function SetSecret({ chosen, onClose }: Props) {
  const old = chosen === 'new' ? undefined : chosen
  return (
    <Dialog open={chosen !== undefined} onClose={onClose} title={old ? `Replace "${old.name}"` : 'New secret'}>
      <SecretForm old={old} onClose={onClose} />
    </Dialog>
  )
}

const listed = (hosts: string) => hosts.split(/[\s,]+/).filter(Boolean)

function SecretForm({ old, onClose }: { old?: Secret; onClose: () => void }) {
  const [name, setName] = useState(old?.name ?? '')
  const [value, setValue] = useState('')
  const [hosts, setHosts] = useState(old?.hosts.join(', ') ?? '')
  const [description, setDescription] = useState(old?.description ?? '')
  const queries = useQueryClient()
  const set = useMutation({
    mutationFn: () => putSecret(name.trim(), { value, hosts: listed(hosts), description }, old),
    meta: { shown: true },
    onSuccess: (secret) => {
      toasts.done(`Secret "${secret.name}" saved`)
      onClose()
    },
    onSettled: () => refreshSecrets(queries),
  })
  const words = set.error && inWords(set.error)
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate()
      }}
    >
      {words && (
        <Problem says={{ ...words, detail: words.errors.map((error) => error.message).join('. ') || words.detail }} />
      )}
      <Field>
        <label htmlFor="secret-name">Name</label>
        <input
          id="secret-name"
          className="input mono"
          value={name}
          placeholder="crm-token"
          readOnly={!!old}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="secret-value">Value</label>
        <textarea
          id="secret-value"
          className="input mono"
          rows={3}
          spellCheck={false}
          autoComplete="off"
          value={value}
          placeholder="Nobody can read it back"
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="secret-hosts">Hosts it may be sent to</label>
        <input
          id="secret-hosts"
          className="input mono"
          value={hosts}
          placeholder="api.example.org, *.example.org:8443"
          onChange={(event) => setHosts(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="secret-description">Description</label>
        <input
          id="secret-description"
          className="input"
          value={description}
          placeholder="What it opens"
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <div className="buttons">
        <Button onClick={onClose}>Close</Button>
        <Button kind="go" type="submit" blocked={missing(name, value, hosts)} disabled={set.isPending}>
          {old ? 'Replace secret' : 'Create secret'}
        </Button>
      </div>
    </form>
  )
}

const missing = (name: string, value: string, hosts: string) =>
  !name.trim()
    ? 'Enter a name'
    : value.trim().length < 8
      ? 'Enter a value of at least 8 characters'
      : listed(hosts).length === 0 && 'Enter at least one host'
