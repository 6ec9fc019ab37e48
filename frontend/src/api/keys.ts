import type { QueryClient } from '@tanstack/react-query'
import { post, remove } from './client'
import { whole } from './pages'
import { api } from './paths'
import type { Key, NewKey, Scope } from './types'

export const keysQuery = whole<Key>('keys', api.keys)

type Wanted = { name: string; scopes: Scope[]; expiresInDays?: number }
export const createKey = (key: Wanted) => post<NewKey>(api.keys, key)
export const revokeKey = (key: string) => remove(api.key(key))

export const refreshKeys = (queries: QueryClient) => queries.invalidateQueries({ queryKey: keysQuery.queryKey })
