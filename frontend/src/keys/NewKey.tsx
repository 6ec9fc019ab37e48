import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { createKey, refreshKeys } from '#/api/keys'
import type { NewKey as Made, Scope } from '#/api/types'
import { Button } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { Dialog } from '#/ui/Dialog'
import { Field, FieldSet } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import './new-key.css'

const scopes: { name: Scope; says: string }[] = [
  { name: 'read', says: 'view runs, threads and agents' },
  { name: 'run', says: 'start and cancel runs' },
  { name: 'approve', says: 'decide approvals' },
  { name: 'build', says: 'edit and publish agents' },
  { name: 'admin', says: 'manage keys, secrets and budgets' },
]

/** Asks for a name and scopes, then shows the key: once, because only its hash is stored. */
export function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<Made>()
  const close = () => {
    onClose()
    setMade(undefined)
  }
  return (
    <Dialog open={open} onClose={close} title={made ? `Key "${made.name}"` : 'New key'}>
      {made ? (
        <>
          <p>Copy it now. You won't see it again.</p>
          <Code text={made.secret} label="Key" wrap />
          <div className="buttons">
            <Button kind="go" onClick={close}>
              Done
            </Button>
          </div>
        </>
      ) : (
        <KeyForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  )
}

function KeyForm({ onMade, onClose }: { onMade: (key: Made) => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<Scope[]>(['read', 'run'])
  const [days, setDays] = useState('90')
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => createKey({ name, scopes: chosen, ...(days ? { expiresInDays: Number(days) } : {}) }),
    meta: { shown: true },
    onSuccess: (key) => {
      onMade(key)
      void refreshKeys(queries)
    },
  })
  const words = make.error && inWords(make.error)
  const toggle = (scope: Scope) =>
    setChosen(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope])
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      {words && (
        <Problem says={{ ...words, detail: words.errors.map((error) => error.message).join('. ') || words.detail }} />
      )}
      <Field>
        <label htmlFor="key-name">Name</label>
        <input
          id="key-name"
          className="input"
          value={name}
          placeholder="Who will use it"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <FieldSet className="scopes">
        <legend>Permissions</legend>
        {scopes.map((scope) => (
          <label key={scope.name}>
            <input type="checkbox" checked={chosen.includes(scope.name)} onChange={() => toggle(scope.name)} />
            <b>{scope.name}</b> <span className="small">{scope.says}</span>
          </label>
        ))}
      </FieldSet>
      <Field>
        <label htmlFor="key-days">Expires in (days)</label>
        <input
          id="key-days"
          className="input"
          type="number"
          min="1"
          max="3650"
          value={days}
          placeholder="never"
          onChange={(event) => setDays(event.target.value)}
        />
      </Field>
      <div className="buttons">
        <Button onClick={onClose}>Close</Button>
        <Button
          kind="go"
          type="submit"
          blocked={!name.trim() ? 'Enter a name' : chosen.length === 0 && 'Choose at least one permission'}
          disabled={make.isPending}
        >
          Create key
        </Button>
      </div>
    </form>
  )
}
