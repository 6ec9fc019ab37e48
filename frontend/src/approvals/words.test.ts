import { expect, test } from 'vitest'
import { isState, sentenceOf } from './words'

test('a state of a workflow asks for approval and runs no tool', () => {
  const state = { kind: 'tool', agent: 'refund', tool: 'approve', effect: null } as const
  expect(isState(state)).toBe(true)
  expect(sentenceOf(state)).toBe('refund asks for approval')
})

test('a call of an agent wants to run its tool', () => {
  const call = { kind: 'tool', agent: 'assistant', tool: 'notes_write', effect: 'keyed' } as const
  expect(isState(call)).toBe(false)
  expect(sentenceOf(call)).toBe('assistant wants to run notes_write')
})

test('a question is no state', () => {
  expect(isState({ kind: 'question', effect: null })).toBe(false)
})
