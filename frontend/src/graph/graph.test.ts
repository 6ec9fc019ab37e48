import { describe, expect, test } from 'vitest'
import type { Step } from '#/api/types'
import { draw } from './layout'
import { allStates, readMachine } from './model'
import { progressOf } from './progress'

const yaml = `
name: many
start: both
states:
  both:
    parallel:
      branches:
        left: {agent: assistant}
        right:
          start: a
          states: {a: {set: {}, next: b}, b: {wait: {for: 10s}}}
    next: each
  each:
    map: {over: "\${[1, 2]}", tool: clock}
    next: decide
  decide: {choice: [{when: "true", next: done}], otherwise: no}
  done: {succeed: {}}
  no: {fail: {code: no}}
`
const machine = readMachine(yaml)!
const step = (number: number, call: string, state: Step['state'] = 'succeeded') => ({ number, call, state }) as Step

describe('the graph of a workflow', () => {
  test('states_inside_others_are_named_by_the_way_to_them', () => {
    expect(allStates(machine).map(({ id }) => id)).toEqual([
      'both',
      'both/left/do',
      'both/right/a',
      'both/right/b',
      'each',
      'each/do',
      'decide',
      'done',
      'no',
    ])
  })

  test('no_two_states_lie_on_each_other', () => {
    const { states } = draw(machine)
    const top = states.filter((one) => !one.in)

    expect(states).toHaveLength(9)
    for (const one of top)
      for (const other of top) {
        if (one === other) continue
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y
        expect(apart, `${one.state.id} ${other.state.id}`).toBe(true)
      }
  })

  test('steps_say_how_far_each_state_is', () => {
    const steps = [step(1, 'both/left/do', 'running'), step(2, 'both/right/a'), step(3, 'both/right/b', 'started')]
    const progress = progressOf(machine, steps, false)

    expect(progress.get('both/left/do')?.progress).toBe('running')
    expect(progress.get('both/right/a')?.progress).toBe('done')
    expect(progress.get('both/right/b')?.progress).toBe('waiting')
    expect(progress.get('both')?.progress).toBe('running')
    expect(progress.get('decide')?.progress).toBe('none')
  })

  test('items_of_a_map_are_counted_and_the_last_attempt_counts', () => {
    const steps = [
      step(4, 'each/0/do', 'failed'),
      step(5, 'each/0/do~2'),
      step(6, 'each/1/do', 'failed'),
      step(7, 'each/2/do', 'started'),
    ]

    expect(progressOf(machine, steps, false).get('each/do')?.items).toEqual({ done: 1, failed: 1, open: 1 })
  })

  test('what_was_never_entered_is_skipped_once_the_run_has_ended', () => {
    const progress = progressOf(machine, [step(1, 'decide'), step(2, 'done')], true)

    expect(progress.get('no')?.progress).toBe('skipped')
    expect(progress.get('done')?.progress).toBe('done')
  })

  test('visits_of_a_loop_are_counted', () => {
    expect(progressOf(machine, [step(1, 'decide'), step(2, 'decide#2')], false).get('decide')?.visits).toBe(2)
  })
})
