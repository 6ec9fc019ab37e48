import { expect, test } from 'vitest'
import { controlOf, sameJson, wrongs, type Schema } from './schema'

const order: Schema = {
  type: 'object',
  properties: {
    item: { type: 'string', minLength: 1 },
    metres: { type: 'integer', minimum: 1, maximum: 100 },
    colour: { enum: ['blue', 'red'] },
    marks: { type: 'array', items: { type: 'string' }, maxItems: 2 },
  },
  required: ['item', 'metres'],
  additionalProperties: false,
}

test('what_a_value_has_against_its_schema_is_said_at_its_place', () => {
  const value = { item: '', metres: 4.5, colour: 'green', marks: ['a', 1, 'c'], tone: 'x' }

  expect(wrongs(order, value).map(({ path, message }) => `${path} ${message}`)).toEqual([
    '/tone is not a known field',
    '/item must not be empty',
    '/metres must be an integer',
    '/colour must be one of "blue", "red"',
    '/marks must have at most 2 entries',
    '/marks/1 must be a string',
  ])
})

test('a_good_value_has_nothing_against_it_and_a_missing_one_is_named', () => {
  expect(wrongs(order, { item: 'rope', metres: 40 })).toEqual([])
  expect(wrongs(order, { item: 'rope' })).toEqual([{ path: '/metres', message: 'is missing' }])
})

test('a_pattern_that_this_browser_cannot_read_is_left_to_the_server', () => {
  expect(wrongs({ type: 'string', pattern: '(?<' }, 'x')).toEqual([])
  expect(wrongs({ type: 'string', pattern: '^[a-z]+$' }, 'X')).toHaveLength(1)
})

test.each<[Schema, string]>([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', maxLength: 500 }, 'lines'],
  [{ type: ['integer', 'null'] }, 'number'],
  [{ type: 'boolean' }, 'yes-no'],
  [{ enum: ['a', 'b'] }, 'choice'],
  [{ enum: [{ deep: 1 }] }, 'json'],
  [{ type: 'array' }, 'json'],
])('%j is asked for as %s', (schema, control) => {
  expect(controlOf(schema)).toBe(control)
})

test('equal_as_json_is_equal', () => {
  expect(sameJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true)
  expect(sameJson({ a: [1] }, { a: { 0: 1 } })).toBe(false)
  expect(sameJson({ a: undefined }, {})).toBe(true)
})
