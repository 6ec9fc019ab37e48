import { expect, test } from 'vitest'
import type { Step } from '#/api/types'
import { aStep } from '#/testing/histories'
import { rowsOf } from './called'

const child = '01990c5e-7b1a-7000-9d43-5c0b9a1f2e77'
const steps: Step[] = [
  aStep(1) as Step,
  { ...(aStep(2) as Step), kind: 'agent', output: { run: child } },
  aStep(3) as Step,
]

test('the_steps_of_a_called_run_stand_below_its_call', () => {
  const called = {
    steps: new Map([[2, { run: child, steps: [aStep(1) as Step, aStep(2) as Step] }]]),
    toggle: () => {},
  }

  expect(rowsOf(steps, called).map(({ key, run }) => [key, run])).toEqual([
    ['1', undefined],
    ['2', undefined],
    ['2/1', child],
    ['2/2', child],
    ['3', undefined],
  ])
})

test('only_a_call_that_led_to_a_run_can_be_unfolded', () => {
  const rows = rowsOf(steps, { steps: new Map(), toggle: () => {} })

  expect(rows.map(({ leadsTo, isOpen }) => [leadsTo, isOpen])).toEqual([
    [false, false],
    [true, false],
    [false, false],
  ])
})
