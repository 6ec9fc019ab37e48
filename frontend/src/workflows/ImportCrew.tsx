import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { inWords } from '#/api/errors'
import type { ImportedCrew } from '#/api/types'
import { importCrew, refreshWorkflow, saveWorkflow, type CrewFiles } from '#/api/workflows'
import { Button } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import './import-crew.css'

/** Takes CrewAI's two files, shows the crew that they make and what could not be carried over, then saves a draft. */
export function ImportCrew({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [files, setFiles] = useState<CrewFiles>({ name: 'my-crew', agents: '', tasks: '', process: 'sequential' })
  const read = useMutation({ mutationFn: importCrew, meta: { shown: true } })
  const set = (change: Partial<CrewFiles>) => {
    setFiles((before) => ({ ...before, ...change }))
    read.reset()
  }
  const id = useId()
  return (
    <Dialog open={open} onClose={onClose} title="Import a crew of CrewAI">
      <form
        className="stack import-crew"
        onSubmit={(event) => {
          event.preventDefault()
          read.mutate(files)
        }}
      >
        <Field>
          <label htmlFor={`${id}-name`}>Name of the workflow</label>
          <input
            id={`${id}-name`}
            className="input"
            required
            value={files.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <FileField label="agents.yaml" text={files.agents} onText={(agents) => set({ agents })} />
        <FileField label="tasks.yaml" text={files.tasks} onText={(tasks) => set({ tasks })} />
        <Field>
          <label htmlFor={`${id}-process`}>Process</label>
          <select
            id={`${id}-process`}
            className="input"
            value={files.process}
            onChange={(event) => set({ process: event.target.value })}
          >
            <option>sequential</option>
            <option>hierarchical</option>
          </select>
        </Field>
        {read.error && <Problem says={inWords(read.error)} />}
        {read.data && <Read name={files.name} imported={read.data} />}
        {!read.data && (
          <div className="buttons">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              kind="go"
              type="submit"
              disabled={read.isPending}
              blocked={(!files.agents || !files.tasks) && 'Choose or paste both files'}
            >
              Read the files
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  )
}

function FileField({ label, text, onText }: { label: string; text: string; onText: (text: string) => void }) {
  const id = useId()
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="input mono" rows={3} value={text} onChange={(event) => onText(event.target.value)} />
      <input
        type="file"
        accept=".yaml,.yml"
        aria-label={`Choose ${label}`}
        onChange={(event) => void event.target.files?.[0]?.text().then(onText)}
      />
    </Field>
  )
}

function Read({ name, imported }: { name: string; imported: ImportedCrew }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: () => saveWorkflow(name, imported.yaml, false),
    onSuccess: async () => {
      await refreshWorkflow(queries, name)
      void navigate({ to: '/workflows/$name', params: { name } })
    },
    meta: { shown: true },
  })
  const left = imported.notCarriedOver
  return (
    <>
      {left.length > 0 && (
        <section aria-label="Not carried over">
          <h3 className="label">Not carried over</h3>
          <ul>
            {left.map((one) => (
              <li key={`${one.path}-${one.message}`}>
                <code>{one.path}</code> {one.message}. {one.hint && <small>{one.hint}.</small>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Code label="The crew" text={imported.yaml} />
      {save.error && <Problem says={inWords(save.error)} />}
      <div className="buttons">
        <Button kind="go" onClick={() => save.mutate()} disabled={save.isPending}>
          Save as a draft
        </Button>
      </div>
    </>
  )
}
