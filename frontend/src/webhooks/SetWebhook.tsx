import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { hasStatus, inWords } from '#/api/errors'
import type { Webhook, WebhookEvent } from '#/api/types'
import { putWebhook, refreshWebhook } from '#/api/webhooks'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field, FieldSet } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { TickLabel } from '#/ui/Tick'
import { toasts } from '#/ui/toasts'
import { written } from './definition'
import { events } from './words'
import './set-webhook.css'

type Props = { chosen?: Webhook | 'new'; onClose: () => void; onSaved: (webhook: Webhook) => void }

/** A new webhook, or another target and other events for one that is there. */
export function SetWebhook({ chosen, ...rest }: Props) {
  const old = chosen === 'new' ? undefined : chosen
  return (
    <Dialog open={chosen !== undefined} onClose={rest.onClose} title={old ? `Edit "${old.name}"` : 'New webhook'}>
      <WebhookForm current={old} {...rest} />
    </Dialog>
  )
}

type FormProps = { current?: Webhook; onClose: () => void; onSaved: (webhook: Webhook) => void }

function WebhookForm({ current, onClose, onSaved }: FormProps) {
  // What others save meanwhile is refused, not taken for what was edited.
  const [old] = useState(current)
  const [name, setName] = useState(old?.name ?? '')
  const [url, setUrl] = useState(old?.url ?? '')
  const [chosen, setChosen] = useState<WebhookEvent[]>(old?.events ?? ['run.failed'])
  const [when, setWhen] = useState(old?.when ?? '')
  const [description, setDescription] = useState(old?.description ?? '')
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => {
      const wanted = { name: name.trim(), url: url.trim(), events: chosen, when: when.trim(), description }
      return putWebhook(wanted.name, written(wanted, old), old)
    },
    meta: { shown: true },
    onSuccess: (webhook) => {
      toasts.done(`Webhook "${webhook.name}" saved`)
      onClose()
      onSaved(webhook)
    },
    onSettled: () => refreshWebhook(queries, name.trim()),
  })
  const words = save.error && inWords(save.error)
  const toggle = (event: WebhookEvent) =>
    setChosen(chosen.includes(event) ? chosen.filter((one) => one !== event) : [...chosen, event])
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {words && (
        <Problem
          says={{
            ...words,
            detail: words.errors.map((error) => error.message).join('. ') || words.detail,
            hint:
              old && hasStatus(save.error, 412) ? 'Changed by somebody else. Close this and edit it again' : words.hint,
          }}
        />
      )}
      <Field>
        <label htmlFor="webhook-name">Name</label>
        <input
          id="webhook-name"
          className="input mono"
          value={name}
          placeholder="pager"
          readOnly={!!old}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="webhook-url">Address</label>
        <input
          id="webhook-url"
          className="input mono"
          type="url"
          value={url}
          placeholder="https://hooks.example.org/wheelhouse"
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <FieldSet className="webhook-events">
        <legend>Events</legend>
        {events.map((event) => (
          <TickLabel key={event.name}>
            <input type="checkbox" checked={chosen.includes(event.name)} onChange={() => toggle(event.name)} />
            <span>
              <code>{event.name}</code> <span className="small">{event.says}</span>
            </span>
          </TickLabel>
        ))}
      </FieldSet>
      <Field>
        <label htmlFor="webhook-when">
          Only when <span className="small">optional, in CEL over the message</span>
        </label>
        <input
          id="webhook-when"
          className="input mono"
          value={when}
          placeholder="!has(event.run) || event.run.name == 'refund'"
          onChange={(event) => setWhen(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="webhook-description">Description</label>
        <input
          id="webhook-description"
          className="input"
          value={description}
          placeholder="Who receives the messages"
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <div className="buttons">
        <Button onClick={onClose}>Close</Button>
        <Button kind="go" type="submit" blocked={missing(name, url, chosen)} disabled={save.isPending}>
          {old ? 'Save' : 'Create webhook'}
        </Button>
      </div>
    </form>
  )
}

const missing = (name: string, url: string, chosen: WebhookEvent[]) =>
  !/^[a-z][a-z0-9-]{0,49}$/.test(name.trim())
    ? 'Enter a name: up to 50 lowercase letters, digits, dashes; starts with a letter'
    : !url.trim()
      ? 'Enter an address'
      : chosen.length === 0 && 'Choose at least one event'
