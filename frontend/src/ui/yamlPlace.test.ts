import { expect, test } from 'vitest'
import { yamlPlace } from './yamlPlace'

const cases: [string, string, ReturnType<typeof yamlPlace>][] = [
  ['a key of the document', 'name: a\nmod', { path: [], at: 'key', typed: 'mod' }],
  ['its value', 'model: fa', { path: ['model'], at: 'value', typed: 'fa' }],
  ['an empty value', 'model: ', { path: ['model'], at: 'value', typed: '' }],
  ['an entry of a list in brackets', 'tools: [clock, cal', { path: ['tools', '*'], at: 'value', typed: 'cal' }],
  ['an entry of a list of lines', 'tools:\n  - clock\n  - cal', { path: ['tools', '*'], at: 'value', typed: 'cal' }],
  ['a list at the indent of its key', 'tools:\n- cal', { path: ['tools', '*'], at: 'value', typed: 'cal' }],
  ['a key within a key', 'limits:\n  steps: 4\n  to', { path: ['limits'], at: 'key', typed: 'to' }],
  ['a value within a key', 'a: 1\nlimits:\n  time: 1', { path: ['limits', 'time'], at: 'value', typed: '1' }],
  ['behind a comment line', 'name: a\n# a note\nmod', { path: [], at: 'key', typed: 'mod' }],
]

test.each(cases)('the_place_of_a_cursor_is_found: %s', (_name, text, place) => {
  expect(yamlPlace(text)).toEqual(place)
})

test.each(['instructions: |\n  You are mod', '# mod', 'name: a\n  # mod'])(
  'nothing_is_proposed_in_prose: %j',
  (text) => {
    expect(yamlPlace(text)).toBeNull()
  },
)
