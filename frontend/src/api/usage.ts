import { queryOptions } from '@tanstack/react-query'
import { get, send } from './client'
import { api } from './paths'
import type { UsageReport } from './types'

export type UsageBy = UsageReport['by']
/** What a report is about; times as ISO 8601. */
export type UsageQuery = { by: UsageBy; from: string; to: string; bucket: UsageReport['bucket'] }

export const usageQuery = (query: UsageQuery) =>
  queryOptions({
    queryKey: ['usage', query],
    queryFn: ({ signal }) => get<UsageReport>(api.usage(query), signal),
    staleTime: 60_000,
  })

/** The same report as a table for spreadsheets. */
export const usageCsv = async (query: UsageQuery) =>
  (await send('GET', api.usage(query), { headers: { Accept: 'text/csv' } })).text()
