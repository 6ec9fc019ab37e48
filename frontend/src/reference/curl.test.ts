import { expect, test } from 'vitest'
import { curlOf } from './curl'
import { byTag, type OpenApi } from './openapi'

const document: OpenApi = {
  info: { title: 'T', version: '1' },
  paths: {
    '/api/v1/agents/{name}/runs': {
      post: {
        summary: 'Start a run',
        parameters: [{ name: 'name', in: 'path', required: true }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewRun' } } } },
      },
    },
    '/api/v1/usage': {
      get: {
        parameters: [
          { name: 'by', in: 'query', required: true },
          { name: 'to', in: 'query' },
        ],
      },
    },
    '/api/v1/agents/{name}': { put: { requestBody: { content: { 'application/yaml': { schema: {} } } } } },
  },
  components: {
    schemas: {
      NewRun: {
        type: 'object',
        required: ['input', 'options'],
        properties: {
          input: { type: 'string', examples: ["what's 17 * 23"] },
          options: { type: 'object', required: ['steps'], properties: { steps: { type: 'integer' } } },
          note: { type: 'string' },
        },
      },
    },
  },
}
const operations = byTag(document).flatMap(([, all]) => all)
const curl = (path: string) =>
  curlOf(
    document,
    operations.find((one) => one.path === path)!,
    'http://x',
  )

test('a_call_has_its_key_and_a_body_of_what_is_required_in_quotes', () => {
  expect(curl('/api/v1/agents/{name}/runs').split(' \\\n  ')).toEqual([
    `curl -X POST 'http://x/api/v1/agents/{name}/runs'`,
    '-H "Authorization: Bearer $WHEELHOUSE_KEY"',
    `-H 'Content-Type: application/json'`,
    String.raw`-d '{"input":"what'\''s 17 * 23","options":{"steps":1}}'`,
  ])
})

test('a_question_names_its_required_parameters_alone', () => {
  expect(curl('/api/v1/usage')).toContain("'http://x/api/v1/usage?by={by}'")
})

test('what_is_no_json_comes_from_a_file', () => {
  expect(curl('/api/v1/agents/{name}')).toContain('--data-binary @file')
})
