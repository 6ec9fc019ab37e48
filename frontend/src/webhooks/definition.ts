import { isMap, parseDocument, type Document } from 'yaml'
import type { Webhook, WebhookEvent } from '#/api/types'

export type Wanted = { name: string; url: string; events: WebhookEvent[]; when: string; description: string }

/** A webhook's text with other values in it; comments and what is not asked for stay as they were. */
export function written(wanted: Wanted, old?: Webhook): string {
  return change(old?.yaml ?? `kind: webhook\nname: ${wanted.name}\n`, (doc) => {
    put(doc, 'description', wanted.description)
    put(doc, 'url', wanted.url)
    if (String(doc.toJS().events) !== String(wanted.events)) {
      doc.set('events', doc.createNode(wanted.events, { flow: true }))
    }
    put(doc, 'when', wanted.when)
  })
}

/** The same text with the webhook switched on or off. */
export const switched = (yaml: string, on: boolean): string =>
  change(yaml, (doc) => (on ? doc.delete('enabled') : doc.set('enabled', false)))

/** Empty stands for "not there". A value that is the same keeps how it is written. */
function put(doc: Document, key: string, value: string) {
  if (value === '') doc.delete(key)
  else if (doc.get(key) !== value) doc.set(key, value)
}

function change(yaml: string, how: (doc: Document) => void): string {
  const doc = parseDocument(yaml)
  if (doc.errors.length > 0 || !isMap(doc.contents)) return yaml
  how(doc)
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false })
}
