import { useId, useRef, useState, type KeyboardEvent } from 'react'
import type { ProblemError } from '#/api/types'
import { placeBeside } from './beside'
import './yaml-field.css'

const LINE = 20

type Props = { value: string; onChange: (value: string) => void; errors: ProblemError[] }

/** A text field for YAML: line numbers, and what is wrong beside the line it is wrong on. */
export function YamlField({ value, onChange, errors }: Props) {
  const [top, setTop] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const notes = useId()
  const lines = value.split('\n').length
  const bad = new Set(errors.map((error) => error.line))
  const placed = placeBeside(errors, LINE)
  const goTo = ({ line = 1, column = 1 }: ProblemError) => {
    const before = value.split('\n').slice(0, line - 1)
    const at = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1
    area.current?.focus()
    area.current?.setSelectionRange(at, at)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter keeps the indentation; Tab stays free for moving on, as everywhere.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const indent = /^[ ]*/.exec(value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart))?.[0]
    if (!indent) return
    event.preventDefault()
    const next = `${value.slice(0, selectionStart)}\n${indent}${value.slice(selectionEnd)}`
    const at = selectionStart + 1 + indent.length
    onChange(next)
    requestAnimationFrame(() => area.current?.setSelectionRange(at, at))
  }
  return (
    <div className="yaml">
      <div className="gutter" aria-hidden="true">
        <div style={{ transform: `translateY(${-top}px)` }}>
          {Array.from({ length: lines }, (_, index) => (
            <span key={`${index + 1}`} className={bad.has(index + 1) ? 'bad' : undefined}>
              {index + 1}
            </span>
          ))}
        </div>
      </div>
      <textarea
        ref={area}
        aria-label="Definition as YAML"
        aria-invalid={errors.length > 0}
        aria-describedby={notes}
        spellCheck={false}
        wrap="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      />
      <ol className="beside" id={notes} aria-label="Problems">
        {placed.map(({ error, offset }) => (
          <li
            key={`${error.path}-${error.line}-${error.message}`}
            style={{ '--offset': `${offset - top}px` } as React.CSSProperties}
          >
            <button onClick={() => goTo(error)}>
              {error.line !== undefined && <b>Line {error.line}: </b>}
              {error.message}
              {error.hint && <span className="hint"> {error.hint}</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
