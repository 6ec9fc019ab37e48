import { describe, expect, test } from 'vitest'
import { allStates, readMachine, stateAtLine, stateOfPath, type State } from '#/graph/model'
import { connect, setValue, showValue } from './edit'
import { addBranch, addState, freeName, removeBranch, removeState, renameState } from './structure'

const yaml = `# what it is for
kind: workflow
name: refund
start: ask
states:
  # asks first
  ask: {agent: assistant, input: "Is it fair?", next: decide} # a run of its own
  decide:
    choice: [{when: "input.amount > 100.0", next: approve}]
    otherwise: pay

  approve:
    approval: {message: "Refund?", expires: 24h} # a person
    next: pay
    rejected: done
  pay: {tool: clock, next: done}
  done: {succeed: {}}
`
const machine = readMachine(yaml)!
const state = (id: string, text = yaml): State => allStates(readMachine(text)!).find((one) => one.id === id)!

describe('changes of a definition', () => {
  test('a_changed_value_leaves_every_other_line_as_it_is', () => {
    const after = setValue(yaml, state('approve'), ['approval', 'message'], 'Pay it?')

    expect(after.split('\n').filter((line, at) => line !== yaml.split('\n')[at])).toEqual([
      '    approval: {message: "Pay it?", expires: 24h} # a person',
    ])
  })

  test('texts_that_readers_of_yaml_take_apart_are_quoted', () => {
    const after = addState(yaml, machine, 'sure', 'approval', state('ask'))
    const asked = setValue(after, state('sure', after), ['approval', 'message'], 'Pay it?')

    expect(after).toContain('{message: "Go on?"')
    expect(asked).toContain('{message: "Pay it?", expires: 24h')
    expect(setValue(yaml, state('pay'), ['tool'], 'a, b')).toContain('tool: "a, b"')
  })

  test('a_new_state_stands_between_one_and_what_followed_it', () => {
    const after = addState(yaml, machine, 'tell', 'tool', state('pay'))

    expect(after).toContain('# asks first')
    expect(after).toContain('pay: {tool: clock, next: tell}')
    expect(readMachine(after)!.leads).toContainEqual({ from: 'tell', to: 'done', kind: 'next', label: '' })
  })

  test('connecting_sets_next_and_gives_a_choice_one_more_case', () => {
    expect(connect(yaml, state('ask'), state('pay'))).toContain('next: pay} # a run of its own')
    const after = connect(yaml, state('decide'), state('done'))

    expect(
      readMachine(after)!
        .leads.filter(({ from }) => from === 'decide')
        .map(({ to }) => to),
    ).toEqual(['approve', 'done', 'pay'])
  })

  test('what_led_to_a_removed_state_leads_to_what_followed_it', () => {
    const after = removeState(yaml, machine, state('pay'))

    expect(after).not.toContain('pay')
    expect(after).toContain('otherwise: done')
    expect(readMachine(after)!.states.map(({ id }) => id)).toEqual(['ask', 'decide', 'approve', 'done'])
  })

  test('a_removed_start_hands_its_place_on', () => {
    expect(removeState(yaml, machine, state('ask'))).toContain('start: decide')
  })

  test('text_that_is_no_yaml_is_left_alone', () => {
    expect(setValue('a: [', state('pay'), ['next'], 'x')).toBe('a: [')
    expect(readMachine('a: [')).toBeNull()
  })

  test('names_are_free_and_values_are_shown_as_written', () => {
    expect(freeName('pay', machine)).toBe('pay2')
    expect(showValue(yaml, ['states', 'ask', 'input'])).toBe('Is it fair?')
    expect(showValue(yaml, ['states', 'approve', 'approval'])).toContain('message: "Refund?"')
  })

  test('lines_and_mistakes_lead_to_their_states', () => {
    expect(stateAtLine(machine, 9)?.id).toBe('decide')
    expect(stateOfPath(machine, '/states/approve/approval/expires')?.id).toBe('approve')
    expect(stateOfPath(machine, '/name')).toBeUndefined()
  })

  const inside = `kind: workflow
name: both
start: both
states:
  both:
    parallel:
      branches:
        left: {agent: assistant, input: "hello"} # stands alone
        right:
          start: one
          states:
            one: {set: {x: 1}, next: two}
            two: {set: {y: "\${states.one.output.x}"}} # speaks of one
    next: done
  one: {succeed: {output: "\${states.both.output}"}}
  done: {choice: [{when: "states.both.output.left == 'x'", next: one}], otherwise: one}
`
  const within = (id: string, text = inside): State => allStates(readMachine(text)!).find((one) => one.id === id)!
  const ids = (text: string) => allStates(readMachine(text)!).map(({ id }) => id)

  test('a_state_is_added_inside_a_branch_behind_another', () => {
    const after = addState(inside, readMachine(inside)!, 'middle', 'tool', within('both/right/one'))

    expect(ids(after)).toContain('both/right/middle')
    expect(after).toContain('one: {set: {x: 1}, next: middle}')
    expect(after).toContain('middle: {tool: clock, args: {}, next: two}')
  })

  test('a_branch_of_one_state_becomes_one_of_two', () => {
    const after = addState(inside, readMachine(inside)!, 'then', 'tool', within('both/left/do'))

    expect(ids(after)).toEqual(expect.arrayContaining(['both/left/first', 'both/left/then']))
    expect(readMachine(after)!.states[0]!.inner[0]!.machine.start).toBe('both/left/first')
    expect(after).toContain('# stands alone')
    expect(after).not.toContain('then: {tool: clock, args: {}, next')
  })

  test('a_state_inside_a_branch_is_removed', () => {
    const after = removeState(inside, readMachine(inside)!, within('both/right/one'))

    expect(ids(after)).not.toContain('both/right/one')
    expect(ids(after)).toContain('one')
    expect(after).toContain('start: two')
  })

  test('a_renamed_state_is_renamed_wherever_it_is_spoken_of', () => {
    const after = renameState(inside, readMachine(inside)!, within('both'), 'asked')

    expect(after).toContain('start: asked')
    expect(after).toContain('${states.asked.output}')
    expect(after).toContain("states.asked.output.left == 'x'")
    expect(after).not.toMatch(/\bboth:/)
  })

  test('a_name_inside_a_branch_is_its_own', () => {
    const outer = renameState(inside, readMachine(inside)!, within('one'), 'last')
    const inner = renameState(inside, readMachine(inside)!, within('both/right/one'), 'begin')

    expect(outer).toContain('next: last}], otherwise: last')
    expect(outer).toContain('${states.one.output.x}')
    expect(inner).toContain('${states.begin.output.x}')
    expect(inner).toContain('start: begin')
    expect(inner).toContain('next: one}], otherwise: one')
    expect(renameState(inside, readMachine(inside)!, within('one'), 'done')).toBe(inside)
    expect(renameState(inside, readMachine(inside)!, within('one'), 'Not a name')).toBe(inside)
  })

  test('branches_come_and_go', () => {
    const after = addBranch(inside, within('both'), 'third')

    expect(ids(after)).toContain('both/third/do')
    expect(ids(removeBranch(after, within('both', after), 'left'))).not.toContain('both/left/do')
  })
})
