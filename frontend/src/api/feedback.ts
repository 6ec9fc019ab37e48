import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { get, put, remove } from './client'
import { api } from './paths'
import type { Feedback, Page, Rating } from './types'

/** What people said of a thread's runs, the newest. */
export const feedbackQuery = (thread: string) =>
  queryOptions({
    queryKey: ['thread', thread, 'feedback'],
    queryFn: ({ signal }) => get<Page<Feedback>>(api.feedback({ thread, limit: 200 }), signal),
  })
export const rateRun = (run: string, rating: Rating, comment: string) =>
  put<Feedback>(api.rateRun(run), { rating, comment })
export const unrateRun = (run: string) => remove(api.rateRun(run))

export const refreshFeedback = (queries: QueryClient, thread: string) =>
  queries.invalidateQueries({ queryKey: feedbackQuery(thread).queryKey })
