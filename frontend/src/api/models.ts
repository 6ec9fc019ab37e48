import { post } from './client'
import { whole } from './pages'
import { api } from './paths'
import type { Model, ModelTest } from './types'

export const modelsQuery = whole<Model>('models', api.models({ limit: 200 }))

/** Three small calls, each with what came back. */
export const testModel = (alias: string) => post<ModelTest>(api.testModel(alias))
