import { expect, test } from 'vitest'
import { compareLines } from './lines'

test('a_changed_line_is_one_removed_and_one_added', () => {
  const lines = compareLines('a\nb\nc\n', 'a\nB\nc\nd\n').map(({ kind, text }) => `${kind} ${text}`)

  expect(lines).toEqual(['same a', 'removed b', 'added B', 'same c', 'added d'])
})
