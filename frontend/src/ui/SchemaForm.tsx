import { useId, useState } from 'react'
import { Button } from './Button'
import { Field } from './Field'
import { controlOf, isForm, type Schema, type Wrong } from './schema'
import { TickLabel } from './Tick'
import './schema-form.css'

export type Values = Record<string, unknown>
type Props = {
  schema: Schema | null
  value: Values
  /** A value that cannot be read as JSON comes as null. */
  onChange: (value: Values | null) => void
  wrong: Wrong[]
}

/** A form for what a schema describes, and the same as JSON for what a form cannot say. */
export function SchemaForm({ schema, value, onChange, wrong }: Props) {
  const [json, setJson] = useState<string | null>(isForm(schema) ? null : JSON.stringify(value, null, 2))
  const asJson = json !== null
  const write = (text: string) => {
    setJson(text)
    onChange(readObject(text))
  }
  const unreadable = asJson && readObject(json) === null
  return (
    <div className="stack schema-form">
      {asJson ? (
        <JsonField
          text={json}
          onWrite={write}
          wrong={unreadable ? [{ path: '', message: 'must be a JSON object' }] : wrong}
        />
      ) : (
        Object.entries(schema?.properties ?? {}).map(([name, one]) => (
          <Entry
            key={name}
            name={name}
            schema={one}
            required={schema?.required?.includes(name) ?? false}
            value={value[name]}
            onChange={(next) => onChange(withEntry(value, name, next))}
            wrong={wrong.filter(({ path }) => path === `/${name}` || path.startsWith(`/${name}/`))}
          />
        ))
      )}
      {isForm(schema) && (
        <Button
          kind="bare"
          className="as-json"
          disabled={unreadable}
          onClick={() => setJson(asJson ? null : JSON.stringify(value, null, 2))}
        >
          {asJson ? 'Edit as a form' : 'Edit as JSON'}
        </Button>
      )}
    </div>
  )
}

function withEntry(value: Values, name: string, next: unknown): Values {
  const { [name]: _old, ...others } = value
  return next === undefined ? others : { ...others, [name]: next }
}

export function readObject(text: string): Values | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null
  } catch {
    return null
  }
}

function JsonField({ text, onWrite, wrong }: { text: string; onWrite: (text: string) => void; wrong: Wrong[] }) {
  const id = useId()
  return (
    <Field>
      <label htmlFor={id}>JSON</label>
      <textarea
        id={id}
        className="input mono"
        rows={Math.min(16, Math.max(4, text.split('\n').length + 1))}
        spellCheck={false}
        value={text}
        aria-invalid={wrong.length > 0}
        aria-describedby={wrong.length > 0 ? `${id}-wrong` : undefined}
        onChange={(event) => onWrite(event.target.value)}
      />
      <Wrongs id={`${id}-wrong`} wrong={wrong} named />
    </Field>
  )
}

type EntryProps = {
  name: string
  schema: Schema
  required: boolean
  value: unknown
  onChange: (value: unknown) => void
  wrong: Wrong[]
}

function Entry({ name, schema, required, value, onChange, wrong }: EntryProps) {
  const id = useId()
  const control = controlOf(schema)
  const common = {
    id,
    'aria-invalid': wrong.length > 0,
    'aria-describedby':
      [schema.description && `${id}-about`, wrong.length > 0 && `${id}-wrong`].filter(Boolean).join(' ') || undefined,
  }
  const label = (
    <>
      {schema.title ?? name} {!required && <span className="small">optional</span>}
    </>
  )
  return (
    <Field>
      {control === 'yes-no' ? (
        <TickLabel>
          <input
            type="checkbox"
            checked={value === true}
            {...common}
            onChange={(event) => onChange(event.target.checked)}
          />
          {label}
        </TickLabel>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      {schema.description && (
        <span id={`${id}-about`} className="small">
          {schema.description}
        </span>
      )}
      {control === 'choice' && (
        <select
          className="input"
          {...common}
          value={schema.enum!.findIndex((one) => one === value)}
          onChange={(event) => onChange(schema.enum![Number(event.target.value)])}
        >
          <option value={-1} disabled>
            Choose
          </option>
          {schema.enum!.map((one, index) => (
            <option key={String(one)} value={index}>
              {String(one)}
            </option>
          ))}
        </select>
      )}
      {control === 'number' && (
        <input
          className="input"
          type="number"
          step={schema.type === 'integer' ? 1 : 'any'}
          min={schema.minimum}
          max={schema.maximum}
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        />
      )}
      {(control === 'text' || control === 'lines') && (
        <textarea
          className="input"
          {...common}
          rows={control === 'lines' || String(value ?? '').length > 60 || String(value ?? '').includes('\n') ? 4 : 1}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {control === 'json' && <Json common={common} value={value} onChange={onChange} />}
      <Wrongs id={`${id}-wrong`} wrong={wrong} />
    </Field>
  )
}

/** Lists and objects inside a form. Text that is not JSON yet stays in the field and is passed on as text. */
function Json({ common, value, onChange }: { common: object; value: unknown; onChange: (value: unknown) => void }) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)))
  return (
    <textarea
      className="input mono"
      {...common}
      rows={Math.min(12, text.split('\n').length + 1)}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange(readAny(event.target.value))
      }}
    />
  )
}

function readAny(text: string): unknown {
  if (!text.trim()) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function Wrongs({ id, wrong, named = false }: { id: string; wrong: Wrong[]; named?: boolean }) {
  if (wrong.length === 0) return null
  return (
    <span id={id} className="wrong">
      {wrong.map(({ path, message }) => `${named && path ? `${path.slice(1)} ` : ''}${message}`).join('. ')}
    </span>
  )
}
