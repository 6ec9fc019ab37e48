import { isMap, parse, parseDocument } from 'yaml'
import type { Trigger } from '#/api/types'

/** Where others send to, and how they sign; of a trigger that takes webhooks. */
export type Hook = {
  verify?: 'standard' | 'github' | 'hmac'
  header?: string
  encoding?: 'hex' | 'base64'
  prefix?: string
  signed?: string
  timestampHeader?: string
  idHeader?: string
}

/** What a definition says of its webhook; nothing where the text cannot be read. */
export function hookIn(yaml: string): Hook {
  try {
    return (parse(yaml) as { webhook?: Hook } | null)?.webhook ?? {}
  } catch {
    return {}
  }
}

/** The text with the trigger switched on or off; comments stay. The same text where it is no mapping. */
export function switched(yaml: string, on: boolean): string {
  const doc = parseDocument(yaml)
  if (doc.errors.length > 0 || !isMap(doc.contents)) return yaml
  if (on) doc.delete('enabled')
  else doc.set('enabled', false)
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false })
}

const begin = (name: string) => `kind: trigger
name: ${name}
description: What this trigger is for, in one line
agent: assistant   # or workflow: name
`

/** A text to begin with, by what fires it. */
export const templates: Record<Trigger['source'], (name: string, timeZone: string) => string> = {
  schedule: (name, timeZone) => `${begin(name)}input: "It is \${slot}. Good morning!"
schedule:
  cron: "0 7 * * mon-fri"   # minute hour day month weekday
  timeZone: ${timeZone}
  missed: skip      # or once, all
  overlap: skip     # or queue, allow
`,
  webhook: (name) => `${begin(name)}when: "has(body.message)"   # leave it out to take every message
input: "\${body.message}"
webhook:
  verify: standard   # or github, hmac
  secret: secret://${name}
`,
  event: (name) => `${begin(name)}when: "event.run.name != 'assistant'"
input: "The run \${event.run.id} of \${event.run.name} ended as \${event.run.state}. What should I look at?"
event:
  types: [run.failed, run.cancelled]
`,
}
