import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { RunFilter } from '#/api/search'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { TickLabel } from '#/ui/Tick'
import { columns, type Column } from './columns'
import { isSame, useViews } from './views'
import './list-tools.css'

/** Saved filters of who asks. Nothing where there are none and nothing to be saved. */
export function SavedViews({ filter }: { filter: RunFilter }) {
  const [naming, setNaming] = useState(false)
  const { views, canSave, save, remove } = useViews()
  const navigate = useNavigate({ from: '/runs' })
  const current = views.find((view) => isSame(view.filter, filter))
  const isFiltered = !isSame(filter, {})
  if (views.length === 0 && !isFiltered) return null
  return (
    <div className="list-tools">
      {views.map((view) => (
        <Button
          key={view.name}
          aria-pressed={view === current}
          onClick={() => void navigate({ search: view === current ? {} : view.filter })}
        >
          {view.name}
        </Button>
      ))}
      {current && (
        <Button kind="bare" disabled={!canSave} onClick={() => remove(current.name)}>
          Forget this view
        </Button>
      )}
      {isFiltered && !current && (
        <Button kind="bare" disabled={!canSave} onClick={() => setNaming(true)}>
          Save view
        </Button>
      )}
      {naming && (
        <NameView
          onClose={() => setNaming(false)}
          onName={(name) => {
            save({ name, filter })
            setNaming(false)
          }}
        />
      )}
    </div>
  )
}

/** Which columns the list has; this browser keeps it. */
export function Columns({ shown, onToggle }: { shown: Column[]; onToggle: (column: Column) => void }) {
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      <Button onClick={() => setChoosing(true)}>Columns</Button>
      {choosing && (
        <Dialog open onClose={() => setChoosing(false)} title="Columns">
          {columns.map(({ value, label }) => (
            <TickLabel key={value}>
              <input type="checkbox" checked={shown.includes(value)} onChange={() => onToggle(value)} />
              <span>{label}</span>
            </TickLabel>
          ))}
          <div className="buttons">
            <Button onClick={() => setChoosing(false)}>Close</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function NameView({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) {
  const id = useId()
  const [name, setName] = useState('')
  return (
    <Dialog open onClose={onClose} title="Save this view">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) onName(name.trim())
        }}
      >
        <Field>
          <label htmlFor={id}>Name</label>
          <input
            id={id}
            className="input"
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <span className="small">With all filters and the order. Only you see it, wherever you sign in.</span>
        </Field>
        <div className="buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="go" type="submit" blocked={!name.trim() && 'Enter a name'}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
