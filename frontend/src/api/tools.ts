import { whole } from './pages'
import { api } from './paths'
import type { Tool } from './types'

export const toolsQuery = whole<Tool>('tools', api.tools({ limit: 200 }))
