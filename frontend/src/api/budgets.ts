import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, ifStill, patch, post, remove } from './client'
import { api } from './paths'
import type { Budget, Page } from './types'

export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: ({ signal }) => get<Page<Budget>>(api.budgets({ limit: 200 }), signal),
  refetchInterval: 10_000,
})

type NewBudget = Pick<Budget, 'scope' | 'unit' | 'period' | 'cap'> & { subject?: string; note?: string }
export const createBudget = (budget: NewBudget) => post<Budget>(api.budgets(), budget)
export const changeBudget = ({ id, version }: Budget, change: { cap: number; note: string }) =>
  patch<Budget>(api.budget(id), change, ifStill(version))
export const deleteBudget = ({ id, version }: Budget) => remove(api.budget(id), ifStill(version))

export const refreshBudgets = (queries: QueryClient) => queries.invalidateQueries({ queryKey: budgetsQuery.queryKey })
