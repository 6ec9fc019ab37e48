import { whole } from './pages'
import { api } from './paths'
import type { Model } from './types'

export const modelsQuery = whole<Model>('models', api.models({ limit: 200 }))
