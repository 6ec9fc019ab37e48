import { expect, test } from 'vitest'
import { addRule, readForm, renamed, setField, toggle } from './form'

const yaml = `# Ours
name: clerk
instructions: |
  You keep notes.
  Be brief.
tools: [clock, notes_write] # two
limits: {steps: 40}
`

test('what_is_written_is_shown', () => {
  expect(readForm(yaml)).toMatchObject({
    instructions: 'You keep notes.\nBe brief.\n',
    tools: ['clock', 'notes_write'],
    limits: { steps: 40 },
    approvals: [],
  })
  expect(readForm('name: [')).toBeNull()
  expect(readForm('just text')).toBeNull()
})

test('a_change_leaves_everything_else_as_it_is_written', () => {
  expect(setField(yaml, ['model'], 'fast')).toBe(`${yaml}model: fast\n`)
  expect(setField(yaml, ['limits', 'tokens'], 500)).toContain('limits: {steps: 40, tokens: 500}')
  expect(setField(yaml, ['instructions'], 'One.\nTwo.\n')).toContain('instructions: |\n  One.\n  Two.\n')
  expect(toggle(yaml, 'tools', 'calculator', true)).toContain('tools: [clock, notes_write, calculator] # two')
  expect(toggle(yaml, 'tools', 'clock', false)).toContain('tools: [notes_write] # two')
  expect(toggle('name: a\n', 'agents', 'b', true)).toBe('name: a\nagents: [b]\n')
})

test('a_group_that_is_empty_goes', () => {
  expect(setField(yaml, ['limits', 'steps'], undefined)).not.toContain('limits')
})

test('a_rule_is_added_behind_the_others', () => {
  const one = addRule(yaml)
  const two = addRule(one)

  expect(readForm(two)?.approvals).toEqual([{ when: 'tool.effect != "read"' }, { when: 'tool.effect != "read"' }])
  expect(readForm(setField(two, ['approvals', 1, 'when'], 'args.amount > 100'))?.approvals[1]?.when).toBe(
    'args.amount > 100',
  )
})

test('a_copy_has_another_name_and_the_same_text', () => {
  expect(renamed(yaml, 'clerk-2')).toBe(yaml.replace('name: clerk', 'name: clerk-2'))
})
