import { useState } from 'react'
import { stored } from '#/ui/stored'

/** Columns of the list of runs beside its state and input. */
export type Column = 'agent' | 'steps' | 'tokens' | 'cost' | 'duration' | 'requester' | 'id' | 'started'
export const columns: { value: Column; label: string; usual: boolean }[] = [
  { value: 'agent', label: 'Agent', usual: true },
  { value: 'steps', label: 'Steps', usual: true },
  { value: 'tokens', label: 'Tokens', usual: true },
  { value: 'cost', label: 'Cost', usual: true },
  { value: 'duration', label: 'Duration', usual: true },
  { value: 'requester', label: 'Requester', usual: false },
  { value: 'id', label: 'Id', usual: false },
  { value: 'started', label: 'Started', usual: true },
]

const KEY = 'runs:columns'
const usual = columns.filter((one) => one.usual).map(({ value }) => value)

export function readColumns(text: string): Column[] {
  const chosen = text.split(',')
  return text === '' ? usual : columns.map(({ value }) => value).filter((value) => chosen.includes(value))
}

/** Which columns this browser shows. */
export function useColumns() {
  const [shown, setShown] = useState(() => readColumns(stored.read(KEY)))
  const toggle = (column: Column) => {
    const next = columns
      .map(({ value }) => value)
      .filter((value) => (value === column ? !shown.includes(value) : shown.includes(value)))
    setShown(next)
    stored.write(KEY, next.join(',') || 'none')
  }
  return { shown, toggle }
}
