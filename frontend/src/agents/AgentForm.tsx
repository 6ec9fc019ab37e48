import { useId, useMemo } from 'react'
import type { ProblemError } from '#/api/types'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import type { Proposal } from '#/ui/proposals'
import { addRule, readForm, setField, toggle, type LimitKey, type Rule } from './form'
import './agent-form.css'

type Props = {
  yaml: string
  values: Record<string, Proposal[]>
  errors: ProblemError[]
  onChange: (yaml: string) => void
}

const limits: { key: LimitKey; label: string; usual: string }[] = [
  { key: 'steps', label: 'Steps', usual: '40' },
  { key: 'calls', label: 'Model calls', usual: '40' },
  { key: 'tokens', label: 'Tokens', usual: '200000' },
  { key: 'money', label: 'US dollars', usual: 'none' },
  { key: 'time', label: 'Time', usual: '30m' },
  { key: 'output', label: 'Tool results', usual: '1MB' },
]

/** An agent's definition as a form. It writes into the same text that the editor shows, and keeps its comments. */
export function AgentForm({ yaml, values, errors, onChange }: Props) {
  const form = useMemo(() => readForm(yaml), [yaml])
  if (!form) return <p className="agent-form">This isn't valid YAML, so the form can't show it. Correct it as YAML.</p>
  const set = (at: (string | number)[], value: unknown) =>
    onChange(setField(yaml, at, value === '' ? undefined : value))
  const wrong = (path: string) => errors.filter((error) => error.path === path || error.path?.startsWith(`${path}/`))
  return (
    <div className="agent-form">
      <Line
        label="Description"
        value={form.description}
        wrong={wrong('/description')}
        onChange={(text) => set(['description'], text)}
      />
      <Line
        label="Instructions"
        rows={10}
        value={form.instructions}
        wrong={wrong('/instructions')}
        onChange={(text) => set(['instructions'], text)}
      />
      <Pick
        label="Model"
        value={form.model ?? 'default'}
        of={values.model ?? []}
        wrong={wrong('/model')}
        onChange={(model) => set(['model'], model)}
      />
      <Names
        label="Tools"
        chosen={form.tools}
        of={values['tools.*'] ?? []}
        wrong={wrong('/tools')}
        onChange={(name, on) => onChange(toggle(yaml, 'tools', name, on))}
      />
      {form.tools.includes('call_agent') && (
        <Names
          label="Agents it may call"
          chosen={form.agents}
          of={values['agents.*'] ?? []}
          wrong={wrong('/agents')}
          onChange={(name, on) => onChange(toggle(yaml, 'agents', name, on))}
        />
      )}
      <fieldset className="field">
        <legend>Limits of a run</legend>
        <div className="limits-grid">
          {limits.map(({ key, label, usual }) => (
            <Line
              key={key}
              label={label}
              placeholder={usual}
              value={form.limits[key]?.toString()}
              wrong={wrong(`/limits/${key}`)}
              onChange={(text) => set(['limits', key], numberOr(text))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>Needs approval</legend>
        {form.approvals.map((rule, index) => (
          <RuleFields
            // oxlint-disable-next-line react/no-array-index-key -- a rule has no name but its place
            key={index}
            rule={rule}
            wrong={wrong(`/approvals/${index}`)}
            conditions={values['approvals.*.when'] ?? []}
            onSet={(key, value) => set(['approvals', index, key], value)}
            onRemove={() => set(['approvals', index], undefined)}
          />
        ))}
        <div>
          <Button onClick={() => onChange(addRule(yaml))}>
            <Icon name="plus" />
            Add a rule
          </Button>
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>Answers</legend>
        <div className="limits-grid">
          <Line
            label="Temperature"
            placeholder="the model's own"
            value={form.temperature?.toString()}
            wrong={wrong('/temperature')}
            onChange={(text) => set(['temperature'], numberOr(text))}
          />
          <Line
            label="Most tokens of one answer"
            placeholder="the model's own"
            value={form.maxOutputTokens?.toString()}
            wrong={wrong('/maxOutputTokens')}
            onChange={(text) => set(['maxOutputTokens'], numberOr(text))}
          />
        </div>
      </fieldset>
    </div>
  )
}

/** What is no number stays text, and the check says what is wrong with it. */
const numberOr = (text: string) => (text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text)

type LineProps = {
  label: string
  value?: string
  wrong: ProblemError[]
  rows?: number
  placeholder?: string
  list?: string
  onChange: (text: string) => void
}

function Line({ label, value = '', wrong, rows, placeholder, list, onChange }: LineProps) {
  const id = useId()
  const common = {
    id,
    className: 'input',
    value,
    placeholder,
    'aria-invalid': wrong.length > 0,
    'aria-describedby': wrong.length > 0 ? `${id}-wrong` : undefined,
  }
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...common} list={list} onChange={(event) => onChange(event.target.value)} />
      )}
      <Wrong id={`${id}-wrong`} errors={wrong} />
    </Field>
  )
}

function Wrong({ id, errors }: { id: string; errors: ProblemError[] }) {
  if (errors.length === 0) return null
  return (
    <span id={id} className="wrong">
      {errors.map(({ message, hint }) => (hint ? `${message}. ${hint}` : message)).join(' ')}
    </span>
  )
}

type PickProps = {
  label: string
  value: string
  of: Proposal[]
  wrong: ProblemError[]
  onChange: (name: string) => void
}

function Pick({ label, value, of, wrong, onChange }: PickProps) {
  const id = useId()
  const known = of.some((one) => one.label === value)
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {!known && <option value={value}>{value} (unknown)</option>}
        {of.map((one) => (
          <option key={one.label}>{one.label}</option>
        ))}
      </select>
      <Wrong id={`${id}-wrong`} errors={wrong} />
    </Field>
  )
}

type NamesProps = {
  label: string
  chosen: string[]
  of: Proposal[]
  wrong: ProblemError[]
  onChange: (name: string, on: boolean) => void
}

/** Names to tick; what is chosen and not known here stands among them. */
function Names({ label, chosen, of, wrong, onChange }: NamesProps) {
  const id = useId()
  const unknown = chosen.filter((name) => !of.some((one) => one.label === name))
  const all: Proposal[] = [...of, ...unknown.map((name) => ({ label: name, about: 'Not known here' }))]
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <ul className="names">
        {all.map(({ label: name, about }) => (
          <li key={name} title={about}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={(event) => onChange(name, event.target.checked)}
              />{' '}
              {name}
            </label>
          </li>
        ))}
      </ul>
      <Wrong id={`${id}-wrong`} errors={wrong} />
    </fieldset>
  )
}

type RuleProps = {
  rule: Rule
  wrong: ProblemError[]
  conditions: Proposal[]
  onSet: (key: keyof Rule, value: unknown) => void
  onRemove: () => void
}

function RuleFields({ rule, wrong, conditions, onSet, onRemove }: RuleProps) {
  const id = useId()
  return (
    <div className="rule">
      <Line
        label="When (CEL over tool, args, run)"
        list={`${id}-when`}
        value={rule.when}
        wrong={wrong}
        onChange={(text) => onSet('when', text || ' ')}
      />
      <datalist id={`${id}-when`}>
        {conditions.map(({ label, about }) => (
          <option key={label} value={label.replace(/^['"]|['"]$/g, '')}>
            {about}
          </option>
        ))}
      </datalist>
      <Line
        label="Message to the approver"
        value={rule.message}
        wrong={[]}
        onChange={(text) => onSet('message', text)}
      />
      <Line
        label="Expires"
        placeholder="24h"
        value={rule.expires}
        wrong={[]}
        onChange={(text) => onSet('expires', text)}
      />
      <Button kind="bare icon" aria-label="Remove this rule" onClick={onRemove}>
        <Icon name="trash" />
      </Button>
    </div>
  )
}
