import type { QueryClient } from '@tanstack/react-query'
import { ifNew, ifStill, put, remove } from './client'
import { whole } from './pages'
import { api } from './paths'
import type { Secret } from './types'

export const secretsQuery = whole<Secret>('secrets', api.secrets)

type Wanted = { value: string; hosts: string[]; description: string }
/** `old` is the secret that it replaces; without one it must be new. */
export const putSecret = (name: string, secret: Wanted, old?: Secret) =>
  put<Secret>(api.secret(name), secret, old ? ifStill(old.version) : ifNew)
export const removeSecret = ({ name, version }: Secret) => remove(api.secret(name), ifStill(version))

export const refreshSecrets = (queries: QueryClient) => queries.invalidateQueries({ queryKey: secretsQuery.queryKey })
