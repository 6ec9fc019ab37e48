import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { budgetsQuery, deleteBudget, refreshBudgets } from '#/api/budgets'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Budget, Spent } from '#/api/types'
import { Bar } from '#/ui/Bar'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { exact, shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { BudgetForm } from './BudgetForm'
import { History } from './History'
import { ThreadLink } from './ThreadLink'
import { amount, periods, share, usedUpAt, whose } from './units'
import './budgets-page.css'

/** What many runs may spend together, and how much of it is left. */
export function BudgetsPage() {
  const budgets = useQuery(budgetsQuery)
  const { data: session } = useQuery(sessionQuery)
  const [editing, setEditing] = useState<Budget | 'new'>()
  const [deleting, setDeleting] = useState<Budget>()
  const blocked = denied(session, 'admin')
  const list = budgets.data?.data
  return (
    <Page
      title="Budgets"
      about="Spending stops at the limit"
      actions={
        <Button kind="go" onClick={() => setEditing('new')} blocked={blocked}>
          <Icon name="plus" />
          New budget
        </Button>
      }
    >
      <Content label="Budgets">
        {budgets.error && <Problem says={inWords(budgets.error)} />}
        {budgets.isPending && <Bones />}
        {list?.length === 0 && (
          <Empty says="No budgets yet">
            <Button kind="go" onClick={() => setEditing('new')} blocked={blocked}>
              Create a budget
            </Button>
          </Empty>
        )}
        <ul className="budgets">
          {list?.map((budget) => (
            <li key={budget.id}>
              <OneBudget
                budget={budget}
                blocked={blocked}
                onEdit={() => setEditing(budget)}
                onDelete={() => setDeleting(budget)}
              />
            </li>
          ))}
        </ul>
        {editing && (
          <BudgetForm budget={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
        )}
        <Delete budget={deleting} onClose={() => setDeleting(undefined)} />
      </Content>
    </Page>
  )
}

type OneProps = { budget: Budget; blocked: string | false; onEdit: () => void; onDelete: () => void }

function OneBudget({ budget, blocked, onEdit, onDelete }: OneProps) {
  const name = `${whose(budget)}: ${amount(budget.unit, budget.cap)}`
  const period = periods.find(({ value }) => value === budget.period)!.label
  const each = budget.subject === '*'
  return (
    <article className="budget" aria-label={name}>
      <header>
        <h2>
          {budget.scope === 'thread' && budget.subject && !each ? (
            <>
              Thread <ThreadLink thread={budget.subject} />
            </>
          ) : (
            whose(budget)
          )}
        </h2>
        <span>
          <b>{amount(budget.unit, budget.cap)}</b> {period}
        </span>
        <span className="actions">
          <Button kind="bare" onClick={onEdit} blocked={blocked} aria-label={`Edit ${name}`}>
            Edit
          </Button>
          <Button kind="bare icon" onClick={onDelete} blocked={blocked} aria-label={`Delete ${name}`}>
            <Icon name="trash" />
          </Button>
        </span>
      </header>
      {!each && <Line budget={budget} spent={budget} name={name} />}
      {each && (
        <ul className="subjects">
          {(budget.subjects ?? []).map((one) => (
            <li key={one.subject}>
              <span className="cut" title={one.subject}>
                {budget.scope === 'thread' ? (
                  <ThreadLink thread={one.subject} />
                ) : budget.scope === 'key' ? (
                  shortId(one.subject)
                ) : (
                  one.subject
                )}
              </span>
              <Line budget={budget} spent={one} name={`${one.subject}: ${amount(budget.unit, budget.cap)}`} />
            </li>
          ))}
          {!budget.subjects?.length && <li className="small">No spending yet</li>}
        </ul>
      )}
      <History budget={budget} />
      {(budget.note || budget.periodEndsAt) && (
        <footer>
          {budget.note && <span>{budget.note}</span>}
          {budget.periodEndsAt && (
            <span title={exact(budget.periodEndsAt)}>
              Resets <Time at={budget.periodEndsAt} />
            </span>
          )}
        </footer>
      )}
    </article>
  )
}

function Line({ budget, spent, name }: { budget: Budget; spent: Spent; name: string }) {
  const { unit, cap } = budget
  const soon = usedUpAt(budget, spent.spent)
  const says = [
    `${amount(unit, spent.spent)} spent`,
    spent.reserved > 0 && `${amount(unit, spent.reserved)} reserved`,
    spent.left > 0 ? `${amount(unit, spent.left)} left` : 'limit reached',
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className="spent">
      <Bar label={name} says={says} used={share(spent.spent, cap)} reserved={share(spent.reserved, cap)} />
      <small className={spent.left > 0 ? undefined : 'wrong'}>
        {says}
        {soon && (
          <>
            {' '}
            · at this rate used up <Time at={soon} />
          </>
        )}
      </small>
    </div>
  )
}

function Delete({ budget, onClose }: { budget?: Budget; onClose: () => void }) {
  const queries = useQueryClient()
  const gone = useMutation({
    mutationFn: deleteBudget,
    onSuccess: () => toasts.done('Budget deleted'),
    // Refused, it shows what somebody else has made of it.
    onSettled: () => refreshBudgets(queries),
  })
  return (
    <Confirm
      open={budget !== undefined}
      onClose={onClose}
      title="Delete this budget?"
      says={
        budget
          ? `${whose(budget)} can then spend more than ${amount(budget.unit, budget.cap)}. Only the limits of each run still apply.`
          : ''
      }
      action="Delete budget"
      onYes={() => {
        if (budget) gone.mutate(budget)
        onClose()
      }}
    />
  )
}
