// The kind of models.aliases: as in the settings file of the backend, which checks more than a schema can.

import { closed, listOf, ref, text, whole } from './types.mjs'

const amount = { type: 'integer', minimum: 0 }
const scalars = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
const some = text('', { minLength: 1 })

const target = closed(
  {
    provider: some,
    name: some,
    url: text('^https?://'),
    'key-env': text('^[A-Za-z_][A-Za-z0-9_]*$'),
    'key-header': some,
    prices: closed({ version: text(), input: amount, 'cached-input': amount, output: amount }, ['input', 'cached-input', 'output']),
    headers: scalars,
    query: scalars,
    proxy: text('^(none|http://.+)$'),
    'ca-bundle': text('^/'),
    'stream-options': { type: 'boolean' },
    'join-turns': { type: 'boolean' },
    'output-tokens': { enum: ['max_tokens', 'max_completion_tokens'] },
    'reasoning-effort': text('^[a-z]{1,20}$'),
    region: text('^[a-z0-9-]{1,40}$'),
    'keep-alive': some,
    timeouts: closed({ connect: ref('duration'), 'first-chunk': ref('duration'), 'between-chunks': ref('duration'), whole: ref('duration') }),
    concurrency: whole(1, 10000),
    'requests-per-minute': whole(1, 1000000),
    'context-length': whole(256, 100000000),
    abilities: { ...listOf({ enum: ['tools', 'images', 'json-schema'] }), uniqueItems: true },
  },
  ['provider', 'name'],
)

export const aliases = {
  type: 'object',
  propertyNames: { pattern: '^[a-z][a-z0-9-]{0,62}$' },
  additionalProperties: { ...listOf(target), minItems: 1 },
}
