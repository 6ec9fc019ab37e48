import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, post, rememberCsrfToken, remove } from './client'
import { api } from './paths'
import type { Scope, Session } from './types'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await get<Session>(api.session)
    rememberCsrfToken(session.csrfToken)
    return session
  },
  staleTime: Infinity,
})

export const may = (session: Session | undefined, scope: Scope) =>
  session !== undefined && (session.authMode === 'none' || session.scopes.includes(scope))

const needs: Record<Scope, string> = {
  read: 'view this',
  run: 'start runs',
  approve: 'decide approvals',
  build: 'edit agents, workflows and triggers',
  admin: 'manage keys, secrets, budgets and webhooks',
}
/** Why a button is blocked for this key, or false where it is not. */
export const denied = (session: Session | undefined, scope: Scope) =>
  !may(session, scope) && `This key can't ${needs[scope]} (scope "${scope}")`

export const signIn = (key: string) => post<Session>(api.session, { key })
export const signOut = () => remove(api.session)

/** Whoever was signed in before may have seen other data: nothing of it is kept. */
export function sessionBegan(queries: QueryClient, session: Session) {
  rememberCsrfToken(session.csrfToken)
  queries.clear()
  queries.setQueryData(sessionQuery.queryKey, session)
}

/** Nothing of the one who left is kept. */
export async function sessionEnded(queries: QueryClient, leave: () => Promise<unknown>) {
  rememberCsrfToken(null)
  await leave()
  queries.clear()
}
