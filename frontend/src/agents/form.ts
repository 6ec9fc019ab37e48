import { isMap, isSeq, parseDocument } from 'yaml'
import { change, made, put, type Path } from '#/definitions/yamlText'

/** A rule of an agent that makes calls need approval, as far as the form shows it. */
export type Rule = { when: string; message?: string; expires?: string; otherwise?: string; notRequester?: boolean }
export type LimitKey = 'steps' | 'calls' | 'tokens' | 'money' | 'time' | 'output'

/** What the form shows of a definition; what is not in its text is undefined. */
export type FormValues = {
  description?: string
  instructions?: string
  model?: string
  tools: string[]
  agents: string[]
  limits: Partial<Record<LimitKey, string | number>>
  approvals: Rule[]
  temperature?: number
  maxOutputTokens?: number
}

/** Null where the text is no YAML map: then only the text can be edited. */
export function readForm(yaml: string): FormValues | null {
  const doc = parseDocument(yaml)
  if (doc.errors.length > 0 || !isMap(doc.contents)) return null
  const value = doc.toJS() as Record<string, unknown>
  const text = (key: string) => (typeof value[key] === 'string' ? value[key] : undefined)
  const number = (key: string) => (typeof value[key] === 'number' ? value[key] : undefined)
  const words = (key: string) =>
    Array.isArray(value[key]) ? value[key].filter((one): one is string => typeof one === 'string') : []
  return {
    description: text('description'),
    instructions: text('instructions'),
    model: text('model'),
    tools: words('tools'),
    agents: words('agents'),
    limits: isObject(value.limits) ? value.limits : {},
    approvals: Array.isArray(value.approvals) ? value.approvals.filter(isRule) : [],
    temperature: number('temperature'),
    maxOutputTokens: number('maxOutputTokens'),
  }
}

const isObject = (value: unknown): value is Record<string, string | number> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isRule = (value: unknown): value is Rule => isObject(value)

/** Sets a value, or removes its key where it is undefined, and a group that is empty then. */
export const setField = (yaml: string, at: Path, value: unknown): string =>
  change(yaml, (doc) => {
    put(doc, at, value)
    const group: unknown = at.length > 1 ? doc.getIn(at.slice(0, 1)) : undefined
    if ((isMap(group) || isSeq(group)) && group.items.length === 0) doc.deleteIn(at.slice(0, 1))
  })

/** Adds an entry to a list, or takes it away; the others stay as they are written. */
export const toggle = (yaml: string, key: 'tools' | 'agents', name: string, on: boolean): string =>
  change(yaml, (doc) => {
    const list = doc.get(key)
    if (!isSeq(list)) {
      if (on) doc.set(key, made(doc, [name], true))
      return
    }
    const at = (list.toJSON() as unknown[]).indexOf(name)
    if (on && at < 0) list.add(made(doc, name, true))
    if (!on && at >= 0) list.delete(at)
  })

export const addRule = (yaml: string): string =>
  change(yaml, (doc) => {
    const rule = made(doc, { when: 'tool.effect != "read"' }, true)
    if (isSeq(doc.get('approvals'))) doc.addIn(['approvals'], rule)
    else doc.set('approvals', doc.createNode([rule]))
  })

/** The same definition under another name. */
export const renamed = (yaml: string, name: string): string => change(yaml, (doc) => put(doc, ['name'], name))
