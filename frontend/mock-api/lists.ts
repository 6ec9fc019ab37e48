import type { Effect, Model, ModelTest, Tool } from '../src/api/types.ts'

const tool = (
  name: string,
  effect: Effect,
  description: string,
  properties: object,
  more: Partial<Tool> = {},
): Tool => ({
  name,
  effect,
  description,
  schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
  title: '',
  server: null,
  remoteName: null,
  state: 'on',
  available: true,
  reason: null,
  asksFirst: false,
  hash: null,
  approved: null,
  offered: null,
  timeoutMs: 10_000,
  ...more,
})
const text = (description: string) => ({ type: 'string', description })

export const tools: Tool[] = [
  tool(
    'calculator',
    'read',
    'Calculates with exact decimals',
    { expression: text('For example 18 * 42.50 + 3 * 110') },
    { timeoutMs: 1000 },
  ),
  tool('clock', 'read', 'The time now', {}, { timeoutMs: 1000 }),
  tool(
    'http_fetch',
    'read',
    'Reads a page of a host on the allow-list of the agent',
    { url: text('An http or https address') },
    { timeoutMs: 20_000 },
  ),
  tool('notes_list', 'read', 'Names of the notes', {}),
  tool('notes_read', 'read', 'The text of one note', { name: text('Name of the note') }),
  tool('notes_write', 'keyed', 'Writes a note, or replaces the one of that name', {
    name: text('Name'),
    text: text('Text'),
  }),
  tool(
    'sandbox_run',
    'unkeyed',
    'Runs a command in a throw-away sandbox',
    { command: text('A shell command') },
    { available: false, reason: 'No sandbox on this computer: bubblewrap is not installed' },
  ),
  tool('wait', 'read', 'Waits; the run uses nothing while it does', { seconds: { type: 'integer' } }),
]

export const models: Model[] = [
  {
    alias: 'default',
    demo: true,
    targets: [
      {
        provider: 'demo',
        name: 'demo',
        url: null,
        state: 'ready',
        prices: { version: '1', input: 0, cachedInput: 0, output: 0 },
        learnt: [],
      },
    ],
  },
  {
    alias: 'careful',
    demo: false,
    targets: [
      {
        provider: 'anthropic',
        name: 'claude-sonnet',
        url: 'https://api.anthropic.com',
        state: 'ready',
        prices: { version: '2026-10', input: 3_000_000, cachedInput: 300_000, output: 15_000_000 },
        learnt: [],
      },
      {
        provider: 'openai',
        name: 'local-large',
        url: 'http://models.internal:8000/v1',
        state: 'cooling',
        prices: null,
        learnt: ['no_stream_options', 'no_schema'],
      },
    ],
  },
]

/** A model that can do everything but keep to a schema. */
export const triedModel = (alias: string): ModelTest => ({
  alias,
  trials: (['text', 'tool', 'schema'] as const).map((question) => ({
    question,
    passed: question !== 'schema',
    durationMs: 420,
    text: question === 'tool' ? '' : 'yes',
    toolCalls: question === 'tool' ? [{ name: 'add', arguments: '{"left":17,"right":25}' }] : [],
    provider: 'openai',
    name: 'local-large',
    tries: 1,
    inputTokens: 60,
    outputTokens: 8,
    error:
      question === 'schema'
        ? {
            code: 'bad_answer',
            message: 'What it said is no JSON of that form: "yes"',
            hint: 'Leave json-schema out of abilities of its target, so that it is asked in words',
          }
        : null,
  })),
  targets: models.find((model) => model.alias === alias)?.targets ?? [],
})
