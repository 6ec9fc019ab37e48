import { expect, test } from 'vitest'
import { placeBeside } from './beside'
import { compareLines } from './lines'

test('problems_stand_beside_their_lines_and_never_on_each_other', () => {
  const placed = placeBeside(
    [
      { path: '', line: 9, message: 'c' },
      { path: '', line: 2, message: 'a' },
      { path: '', line: 3, message: 'b' },
      { path: '', message: 'whole' },
    ],
    20,
  )

  expect(placed.map(({ error, offset }) => [error.message, offset])).toEqual([
    ['whole', 0],
    ['a', 42],
    ['b', 84],
    ['c', 160],
  ])
})

test('a_changed_line_is_one_removed_and_one_added', () => {
  const lines = compareLines('a\nb\nc\n', 'a\nB\nc\nd\n').map(({ kind, text }) => `${kind} ${text}`)

  expect(lines).toEqual(['same a', 'removed b', 'added B', 'same c', 'added d'])
})
