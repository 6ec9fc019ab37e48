import { expect, test } from 'vitest'
import { byTag, isFound, shapeOf, type OpenApi, type Operation } from './openapi'

const document: OpenApi = {
  info: { title: 'T', version: '1' },
  paths: { '/api/v1/runs': { get: { responses: { '200': { $ref: '#/components/responses/Runs' } } } } },
  components: {
    schemas: {
      Run: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', format: 'uuid' }, parent: { $ref: '#/components/schemas/Run' } },
      },
    },
    responses: {
      Runs: {
        description: 'A page',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Run' } } },
      },
    },
  },
}

test('operations_without_a_tag_are_grouped_by_their_word', () => {
  expect(
    byTag(document).map(([tag, [operation]]) => [tag, operation?.method, operation?.answers[0]?.description]),
  ).toEqual([['runs', 'get', 'A page']])
})

test('a_schema_that_contains_itself_is_named_instead_of_drawn_for_ever', () => {
  const shape = shapeOf(document, { $ref: '#/components/schemas/Run' })

  expect(shape).toContain('id: string (uuid)')
  expect(shape).toContain('parent?:')
  expect(shape.length).toBeLessThan(600)
})

const operation: Operation = {
  method: 'post',
  path: '/api/v1/runs/{id}/cancel',
  tag: 'Runs',
  summary: 'Cancel a run',
  parameters: [{ name: 'why', in: 'query', required: true }],
  body: { type: 'object' },
  answers: [],
}

test('an_operation_is_found_by_all_of_some_words', () => {
  expect(isFound(operation, 'POST cancel')).toBe(true)
  expect(isFound(operation, 'cancel budget')).toBe(false)
  expect(isFound(operation, '')).toBe(true)
})
