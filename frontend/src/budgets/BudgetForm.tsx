import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { agentsQuery } from '#/api/agents'
import { changeBudget, createBudget, refreshBudgets } from '#/api/budgets'
import { inWords } from '#/api/errors'
import type { Budget, BudgetPeriod, BudgetScope, BudgetUnit } from '#/api/types'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { amount, resets, scopes, typed, units, whose } from './units'

/** A new budget, or another limit for one that exists: whose it is and what it measures never changes. */
export function BudgetForm({ budget, onClose }: { budget?: Budget; onClose: () => void }) {
  const id = useId()
  const [scope, setScope] = useState<BudgetScope>(budget?.scope ?? 'tenant')
  const [subject, setSubject] = useState(budget?.subject ?? '*')
  const [unit, setUnit] = useState<BudgetUnit>(budget?.unit ?? 'money')
  const [period, setPeriod] = useState<BudgetPeriod>(budget?.period ?? 'month')
  const [cap, setCap] = useState(budget ? String(budget.cap / typed[budget.unit].each) : '')
  const [note, setNote] = useState(budget?.note ?? '')
  const { data: agents } = useQuery(agentsQuery)
  const queries = useQueryClient()
  const inUnits = Math.round(Number(cap) * typed[unit].each)
  const whom = scope === 'tenant' ? null : subject.trim() || '*'
  const save = useMutation({
    mutationFn: () =>
      budget
        ? changeBudget(budget, { cap: inUnits, note: note.trim() })
        : createBudget({
            scope,
            ...(whom ? { subject: whom } : {}),
            unit,
            period,
            cap: inUnits,
            ...(note.trim() ? { note: note.trim() } : {}),
          }),
    meta: { shown: true },
    onSuccess: () => {
      void refreshBudgets(queries)
      onClose()
    },
  })
  const words = save.error && inWords(save.error)
  const valid = Number.isFinite(inUnits) && cap.trim() !== '' && inUnits > 0
  const named = scopes.find(({ value }) => value === scope)!.one
  return (
    <Dialog open onClose={onClose} title={budget ? `Edit budget: ${whose(budget)}` : 'New budget'}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {words && (
          <Problem says={{ ...words, detail: words.errors.map((error) => error.message).join('. ') || words.detail }} />
        )}
        {!budget && (
          <>
            <Field>
              <label htmlFor={`${id}-scope`}>For</label>
              <Options id={`${id}-scope`} value={scope} options={scopes} onPick={setScope} />
            </Field>
            {scope !== 'tenant' && (
              <Field>
                <label htmlFor={`${id}-subject`}>Which {named}</label>
                <input
                  id={`${id}-subject`}
                  className="input"
                  list={scope === 'agent' ? `${id}-agents` : undefined}
                  value={subject}
                  onChange={(event) => setSubject(event.target.value)}
                />
                <span className="small">
                  {subject.trim() === '*' || !subject.trim()
                    ? `One budget per ${named}`
                    : `Only ${named} "${subject.trim()}". Use * for one budget per ${named}.`}
                </span>
                <datalist id={`${id}-agents`}>
                  {agents?.data.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </datalist>
              </Field>
            )}
            <Field>
              <label htmlFor={`${id}-unit`}>Measure</label>
              <Options id={`${id}-unit`} value={unit} options={units} onPick={setUnit} />
            </Field>
          </>
        )}
        <Field>
          <label htmlFor={`${id}-cap`}>Limit ({typed[unit].label})</label>
          <input
            id={`${id}-cap`}
            className="input"
            type="number"
            min={typed[unit].step}
            step="any"
            value={cap}
            aria-describedby={`${id}-reads`}
            onChange={(event) => setCap(event.target.value)}
          />
          <span id={`${id}-reads`} className="small">
            {valid && `That's ${amount(unit, inUnits)}`}
            {valid && budget && inUnits < budget.spent && ', less than already spent: nothing new will start'}
          </span>
        </Field>
        {!budget && (
          <Field>
            <label htmlFor={`${id}-period`}>Resets</label>
            <Options id={`${id}-period`} value={period} options={resets} onPick={setPeriod} />
          </Field>
        )}
        <Field>
          <label htmlFor={`${id}-note`}>
            Note <span className="small">optional: why it exists and who can raise it</span>
          </label>
          <input id={`${id}-note`} className="input" value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <div className="buttons">
          <Button onClick={onClose}>Close</Button>
          <Button kind="go" type="submit" blocked={!valid && 'Enter an amount above 0'} disabled={save.isPending}>
            {budget ? 'Save' : 'Create'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type OptionsProps<T extends string> = {
  id: string
  value: T
  options: { value: T; label: string }[]
  onPick: (value: T) => void
}

function Options<T extends string>({ id, value, options, onPick }: OptionsProps<T>) {
  return (
    <select id={id} className="input" value={value} onChange={(event) => onPick(event.target.value as T)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
