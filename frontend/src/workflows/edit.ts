import { Document, parseDocument } from 'yaml'
import { change, made, put, written } from '#/definitions/yamlText'
import type { Path, State } from '#/graph/model'

/** Changes of a definition's text that keep its comments, its order and how it is written. */

/** Sets a value of a state, or removes it where it is undefined. */
export const setValue = (yaml: string, state: State, key: Path, value: unknown): string =>
  change(yaml, (doc) => put(doc, [...state.at, ...key], value))

/** A value as YAML in one line or more; null where the text is none. */
export function readValue(text: string): { value: unknown } | null {
  const doc = parseDocument(text)
  return doc.errors.length > 0 ? null : { value: text.trim() === '' ? undefined : doc.toJS() }
}

export function showValue(yaml: string, at: Path): string {
  const doc = parseDocument(yaml)
  const value: unknown = doc.errors.length > 0 ? undefined : doc.getIn(at)
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return written(new Document(doc.getIn(at, true))).trim()
}

/** Lets a state lead to another one: a choice gets a case, every other its next. */
export function connect(yaml: string, from: State, to: State): string {
  const near = from.at.slice(0, -1).join('/') === to.at.slice(0, -1).join('/')
  if (!near || from.kind === 'succeed' || from.kind === 'fail') return yaml
  if (from.kind !== 'choice') return setValue(yaml, from, ['next'], to.name)
  return change(yaml, (doc) => {
    if (!doc.getIn([...from.at, 'otherwise'])) put(doc, [...from.at, 'otherwise'], to.name)
    else doc.addIn([...from.at, 'choice'], made(doc, { when: 'true', next: to.name }, true))
  })
}
