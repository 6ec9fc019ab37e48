import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { inWords } from '#/api/errors'
import { fireTrigger, refreshTrigger } from '#/api/triggers'
import type { FireTrigger, Trigger } from '#/api/types'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { toasts } from '#/ui/toasts'

const examples: Record<'webhook' | 'event', unknown> = {
  webhook: { message: 'hello' },
  event: {
    type: 'run.failed',
    run: {
      id: '00000000-0000-7000-8000-000000000000',
      kind: 'agent',
      name: 'note-keeper',
      state: 'failed',
      error: { code: 'model_unavailable', message: 'An example' },
    },
  },
}

/** Fires a trigger at once. What the expressions of one for webhooks or events speak of is asked for first. */
export function RunNow({ trigger, blocked }: { trigger: Trigger; blocked: string | false }) {
  const { name, source } = trigger
  const [open, setOpen] = useState(false)
  const queries = useQueryClient()
  const fire = useMutation({
    mutationFn: ({ given, key }: { given?: FireTrigger; key: string }) => fireTrigger(name, given, key),
    onSuccess: () => {
      toasts.done(`Trigger "${name}" fires now`)
      setOpen(false)
    },
    onSettled: () => refreshTrigger(queries, name),
    meta: { shown: source !== 'schedule' },
  })
  return (
    <>
      <Button
        kind="go"
        blocked={blocked}
        disabled={fire.isPending}
        onClick={() => (source === 'schedule' ? fire.mutate({ key: newIdempotencyKey() }) : setOpen(true))}
      >
        Run now
      </Button>
      {source !== 'schedule' && (
        <Dialog open={open} onClose={() => setOpen(false)} title={`Run ${name} now`}>
          {fire.error && <Problem says={inWords(fire.error)} />}
          <GivenForm
            source={source}
            busy={fire.isPending}
            onClose={() => setOpen(false)}
            onGiven={(given, key) => fire.mutate({ given, key })}
          />
        </Dialog>
      )}
    </>
  )
}

type FormProps = {
  source: 'webhook' | 'event'
  busy: boolean
  onClose: () => void
  onGiven: (given: FireTrigger, key: string) => void
}

function GivenForm({ source, busy, onClose, onGiven }: FormProps) {
  const [text, setText] = useState(() => JSON.stringify(examples[source], null, 2))
  // One key for what is on the form: a second press fires no second time.
  const [key, setKey] = useState(newIdempotencyKey)
  const value = readJson(text)
  const isEvent = source === 'event'
  const wrong =
    value === undefined || (isEvent && (typeof value !== 'object' || value === null || Array.isArray(value)))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) onGiven(isEvent ? { event: value as Record<string, unknown> } : { body: value }, key)
      }}
    >
      <p className="small">Skips its condition; its input is made from this.</p>
      <Field>
        <label htmlFor="given">{isEvent ? 'Event, as JSON' : 'Body of the message, as JSON'}</label>
        <textarea
          id="given"
          className="input mono"
          rows={10}
          spellCheck={false}
          aria-invalid={wrong}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setKey(newIdempotencyKey())
          }}
        />
      </Field>
      <div className="buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="go"
          type="submit"
          disabled={busy}
          blocked={wrong && (isEvent ? 'Enter a JSON object' : 'Write JSON')}
        >
          Run now
        </Button>
      </div>
    </form>
  )
}

/** Undefined where it is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
