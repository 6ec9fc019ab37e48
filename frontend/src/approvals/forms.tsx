import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { toolsQuery } from '#/api/tools'
import type { Approval, Decision } from '#/api/types'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { sameJson, wrongs, type Schema } from '#/ui/schema'
import { SchemaForm, type Values } from '#/ui/SchemaForm'
import type { Decide } from './decide'

type FormProps = { decide: Decide; onClose: () => void }
type RejectProps = { onSay: (decision: Decision) => void; busy: boolean; onClose: () => void; what?: string }

/** Other arguments than the model's: they are not run at once, they need an approval of their own. */
export function EditArguments({ approval, decide, onClose }: FormProps & { approval: Approval }) {
  const [value, setValue] = useState<Values | null>(approval.arguments ?? {})
  const { data: tools } = useQuery(toolsQuery)
  const schema = (tools?.find(({ name }) => name === approval.tool)?.schema ?? null) as Schema | null
  const wrong = value && schema ? wrongs(schema, value) : []
  const same = value !== null && sameJson(value, approval.arguments ?? {})
  const form = useFocusInside(tools !== undefined)
  return (
    <form
      ref={form}
      className="stack"
      aria-label="Edit arguments"
      onSubmit={(event) => {
        event.preventDefault()
        if (value && !same && wrong.length === 0) decide.mutate({ decision: 'approve', arguments: value })
      }}
    >
      {tools && <SchemaForm schema={schema} value={value ?? {}} onChange={setValue} wrong={wrong} />}
      <p className="small">Edited arguments need their own approval, which opens here.</p>
      <div className="buttons">
        <Button
          kind="go"
          type="submit"
          disabled={decide.isPending}
          blocked={
            value === null ? 'Not a JSON object' : wrong.length > 0 ? 'Fix the marked fields' : same && 'No changes'
          }
        >
          Save and review
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

/** No, and why: the reason goes to the model. */
export function Reject({ onSay, busy, onClose, what = 'Reject' }: RejectProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const form = useFocusInside(true)
  return (
    <form
      ref={form}
      className="stack"
      aria-label={what}
      onSubmit={(event) => {
        event.preventDefault()
        onSay({ decision: 'reject', ...(reason.trim() ? { reason: reason.trim() } : {}) })
      }}
    >
      <Field>
        <label htmlFor={id}>
          Reason <span className="small">sent to the agent</span>
        </label>
        <textarea
          id={id}
          className="input"
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
          }}
        />
      </Field>
      <div className="buttons">
        <Button kind="danger" type="submit" disabled={busy}>
          {what}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

/** A form that was just opened takes the focus, so that it can be written in at once. */
function useFocusInside(ready: boolean) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (ready) form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [ready])
  return form
}
