import { expect, test } from 'vitest'
import type { ComparedStep, Step } from '#/api/types'
import { foldSame, relationOf, summaryOf } from './compared'

const step: Step = { number: 1, kind: 'model', name: 'default', state: 'succeeded', effect: 'read', attempt: 1 } as Step
const pair = (left: boolean, right: boolean, same = false): ComparedStep => ({
  left: left ? step : null,
  right: right ? step : null,
  same,
  differs: same ? [] : ['output'],
})

test('one_step_is_not_called_steps', () => {
  expect(summaryOf([pair(true, true, true)])).toBe('1 step, identical')
})

test('a_pair_of_steps_is_the_same_differs_or_stands_alone', () => {
  const pairs = [pair(true, true, true), pair(true, true), pair(true, false), pair(false, true)]

  expect(pairs.map(relationOf)).toEqual(['same', 'differs', 'left only', 'right only'])
})

test('the_summary_says_from_where_on_two_runs_differ', () => {
  const [same, other] = [pair(true, true, true), pair(true, true)]

  expect(summaryOf([same, same])).toBe('2 steps, identical')
  expect(summaryOf([same, other, other])).toBe('First step identical; 2 of 3 differ')
  expect(summaryOf([other])).toBe('Different from the first step; 1 of 1 differs')
  expect(summaryOf([])).toBe('No steps yet')
})

test('many_steps_that_are_the_same_are_one_line', () => {
  const at = (number: number, same: boolean) =>
    ({ left: { number }, right: { number }, same, differs: same ? [] : ['output'] }) as unknown as ComparedStep
  const steps = [1, 2, 3, 4].map((number) => at(number, true))

  expect(foldSame([...steps, at(5, false), at(6, true)]).map((group) => group.length)).toEqual([4, 1, 1])
})
