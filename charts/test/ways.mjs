// The ways to install that values/ offers: each file alone, or on what its first line says it goes on top of.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { files, set, valuesFolder } from './rendering.mjs'

export const valuesNames = readdirSync(valuesFolder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''))

export const textOf = (name) => readFileSync(join(valuesFolder, `${name}.yaml`), 'utf8')

/** "On top of dev.yaml", "On top of any": overlays of any go on production. Nothing for a file that stands alone. */
export function baseOf(name) {
  const [, base] = textOf(name).match(/^# On top of ([a-z-]+)/) ?? []
  return base === 'any' ? 'prod' : base
}

/** Stands for the digest that an operator has tried: nobody can know it here. */
export const aDigest = `sha256:${'0'.repeat(64)}`

/** What such files do not say, because it is the operator's. */
const digestOf = (names) => (names.some((name) => ['staging', 'prod'].includes(name)) ? set(`postgresql.image.digest=${aDigest}`) : [])

/** Production as it can be installed. */
export const prod = [...files('prod'), ...set(`postgresql.image.digest=${aDigest}`)]

/** The controller's webhook, which is off unless it is confined to one release. */
export const webhookOf = (release, namespace) =>
  ['--set-json', `ingress-nginx.controller.admissionWebhooks=${JSON.stringify({
    enabled: true,
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    objectSelector: { matchLabels: { 'app.kubernetes.io/instance': release } },
  })}`]

/** By name: helm's arguments, and the Secrets of the user's that the values name. */
export const ways = {
  defaults: { args: [], outside: [] },
  ...Object.fromEntries(
    valuesNames.map((name) => {
      const chosen = [baseOf(name), name].filter(Boolean)
      return [chosen.join(' + '), { args: [...files(...chosen), ...digestOf(chosen)], outside: secretsIn(...chosen.map((one) => parse(textOf(one)))) }]
    }),
  ),
  'prod, with the webhook': { args: [...prod, ...webhookOf('rel', 'place')], outside: [] },
  'real models, own key, own agents': {
    args: set(
      'monitoring.port=9090',
      'monitoring.serviceMonitor.enabled=true',
      'networkPolicy.metricsFrom[0].podSelector.matchLabels.app=prometheus',
      'http.allowOrigins[0]=https://app.example.org',
      'approvals.webhookUrl=https://chat.example.org/hook',
      'approvals.existingSecret=hook',
      'networkPolicy.allowTo[0].namespace=models',
      'networkPolicy.allowTo[0].ports[0]=8000',
      'auth.existingSecret=my-key',
      'models.openai.existingSecret=openai',
      'models.server.url=http://vllm.models:8000/v1',
      'models.server.name=qwen',
      'models.server.existingSecret=vllm',
      'definitions.helper.instructions=Help',
    ),
    outside: ['my-key', 'openai', 'vllm', 'hook'].map((name) => `Secret/${name}`),
  },
}

function secretsIn(...values) {
  return values.flatMap((value) =>
    Object.entries(value ?? {}).flatMap(([key, inner]) =>
      key === 'existingSecret' ? [`Secret/${inner}`] : inner !== null && typeof inner === 'object' ? secretsIn(inner) : [],
    ),
  )
}
