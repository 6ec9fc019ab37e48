import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import type { Workflow } from '#/api/types'
import { startWorkflow } from '#/api/workflows'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Problem } from '#/ui/Problem'
import { wrongs, type Schema } from '#/ui/schema'
import { SchemaForm, type Values } from '#/ui/SchemaForm'

type Props = { workflow: Workflow; open: boolean; onClose: () => void }

/** Asks for the input that the workflow's published revision takes, and starts a run of it. */
export function RunWorkflow({ workflow, open, onClose }: Props) {
  const schema = (workflow.input ?? {}) as Schema
  const [values, setValues] = useState<Values | null>({})
  // One key for what is on the form: a second press makes no second run.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: (input: Values) => startWorkflow(workflow.name, input, key),
    onSuccess: (run) => void navigate({ to: '/runs/$run', params: { run: run.id } }),
    onSettled: () => setKey(crypto.randomUUID()),
    meta: { shown: true },
  })
  const wrong = values === null ? [] : wrongs(schema, values)
  return (
    <Dialog open={open} onClose={onClose} title={`Run ${workflow.name}`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (values) start.mutate(values)
        }}
      >
        <SchemaForm schema={schema} value={values ?? {}} onChange={setValues} wrong={start.isError ? wrong : []} />
        {start.error && <Problem says={inWords(start.error)} />}
        <div className="buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="go" type="submit" disabled={start.isPending} blocked={values === null && 'Enter a JSON object'}>
            Start
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
