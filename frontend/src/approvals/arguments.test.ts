import { expect, test } from 'vitest'
import { argumentsLine } from './arguments'

test('all_short_arguments_stand_in_one_line', () => {
  expect(argumentsLine({ name: 'order-rope', text: '40 m\nof rope', count: 2 })).toBe(
    'name: order-rope · text: 40 m of rope · count: 2',
  )
  expect(argumentsLine(null)).toBe('')
})

test('a_long_argument_is_cut_and_the_next_is_still_there', () => {
  const line = argumentsLine({ text: 'x'.repeat(500), name: 'order-rope' })

  expect(line).toContain('…')
  expect(line).toContain('name: order-rope')
  expect(line.length).toBeLessThanOrEqual(200)
})
