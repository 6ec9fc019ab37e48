import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get, patch, remove } from './client'
import { api } from './paths'
import type { Memory, MemoryPage } from './types'

export const memoriesQuery = (user: string) =>
  queryOptions({
    queryKey: ['memories', user],
    queryFn: ({ signal }) => get<MemoryPage>(api.memories({ user, limit: 200 }), signal),
  })

export const editMemory = (user: string, { id }: Memory, text: string) =>
  patch<Memory>(api.memory(id, { user }), { text })
export const forget = (user: string, { id }: Memory) => remove(api.memory(id, { user }))
export const forgetAll = (user: string) => remove(api.memories({ user }))
export const pauseMemories = (user: string, paused: boolean) => patch(api.memories({ user }), { paused })

export const refreshMemories = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ['memories'] })
