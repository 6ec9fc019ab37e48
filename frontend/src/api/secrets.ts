import type { QueryClient } from '@tanstack/react-query'
import { put, remove } from './client'
import { whole } from './pages'
import { api } from './paths'
import type { Secret } from './types'

export const secretsQuery = whole<Secret>('secrets', api.secrets)

type Wanted = { value: string; hosts: string[]; description: string }
export const putSecret = (name: string, secret: Wanted) => put<Secret>(api.secret(name), secret)
export const removeSecret = (name: string) => remove(api.secret(name))

export const refreshSecrets = (queries: QueryClient) => queries.invalidateQueries({ queryKey: secretsQuery.queryKey })
