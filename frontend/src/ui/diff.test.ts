import { expect, test } from 'vitest'
import { linesOf, partsOf } from './diff'

test('entries_of_two_objects_say_what_changed_came_and_went', () => {
  const before = { to: 'chandler', metres: 40, note: 'soon' }
  const after = { to: 'chandler', metres: 60, colour: 'blue' }

  expect(partsOf(after, before)).toEqual([
    { name: 'to', change: 'same', before: 'chandler', after: 'chandler' },
    { name: 'metres', change: 'changed', before: 40, after: 60 },
    { name: 'colour', change: 'added', before: undefined, after: 'blue' },
    { name: 'note', change: 'removed', before: 'soon', after: undefined },
  ])
})

test('without_an_earlier_form_nothing_has_changed', () => {
  expect(partsOf({ a: { b: [1] } }, null)).toMatchObject([{ change: 'same' }])
})

test('the_order_of_keys_is_no_change', () => {
  expect(partsOf({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toMatchObject([{ change: 'same' }])
})

test('lines_that_stayed_are_kept_and_the_others_stand_where_they_belong', () => {
  expect(linesOf('one\ntwo\nthree', 'one\n2\nthree\nfour').map(({ text, change }) => `${change} ${text}`)).toEqual([
    'same one',
    'removed two',
    'added 2',
    'same three',
    'added four',
  ])
})

test('equal_texts_have_no_change_and_an_empty_one_adds_all', () => {
  expect(linesOf('a\nb', 'a\nb').every(({ change }) => change === 'same')).toBe(true)
  expect(linesOf('', 'a\nb').filter(({ change }) => change === 'added')).toHaveLength(2)
})
