import { expect, test } from 'vitest'
import type { Run } from '#/api/types'
import { aRun, aStep, logOf, question } from '#/testing/histories'
import { openAsks, questionOf, verdictOf } from './asks'
import { statusOf } from './status'
import { blocksOf } from './steps'
import { replay } from './view'

const asking = (approval: string, args: object) =>
  aStep(2, {
    kind: 'decision',
    name: 'notes_write',
    call: 'call-1',
    state: 'started',
    endedAt: null,
    durationMs: null,
    input: { approval, kind: 'tool', tool: 'notes_write', arguments: args },
  })

/** A model that wants to write a note, and the question whether it may. */
function logUntilAsked() {
  const { events, write } = logOf()
  const toolCalls = [{ id: 'call-1', name: 'notes_write', arguments: { name: 'rope' } }]
  write('run.created', { input: question, replica: 'a' })
  write('step.succeeded', { step: aStep(1, { output: { text: 'I ask first.', toolCalls, finish: 'tool_calls' } }) })
  write('step.started', { step: asking('approval-1', { name: 'rope' }) })
  write('run.waiting', { reason: 'approval', step: 2 })
  return { events, write }
}

test('an_open_question_stands_once_after_the_call_it_is_about', () => {
  const { events } = logUntilAsked()
  const view = replay(aRun, events)

  expect(openAsks(view).map((step) => questionOf(step)?.approval)).toEqual(['approval-1'])
  expect(statusOf(view)).toBe('asking')
  expect(blocksOf(view)).toMatchObject([
    { kind: 'text' },
    { kind: 'calls', calls: [{ name: 'notes_write', step: null, ask: { number: 2 } }] },
    { kind: 'asks', steps: [{ number: 2 }] },
  ])
})

test('edited_arguments_are_the_new_question_and_keep_the_time_of_the_first', () => {
  const { events, write } = logUntilAsked()
  const first = replay(aRun, events).steps[1]!
  write('step.started', { step: { ...asking('approval-2', { name: 'chain' }), startedAt: events[3]!.at } })
  const step = openAsks(replay(aRun, events))[0]!

  expect(questionOf(step)).toMatchObject({ approval: 'approval-2', arguments: { name: 'chain' } })
  expect(step.startedAt).toBe(first.startedAt)
})

test('a_decided_question_asks_no_more_and_its_verdict_stays_with_the_call', () => {
  const { events, write } = logUntilAsked()
  write('run.claimed', { replica: 'a', epoch: 1, reason: 'woken' })
  const output = { decision: 'reject', by: 'mia', reason: 'too long' }
  write('step.succeeded', { step: { ...asking('approval-1', {}), state: 'succeeded', output } })
  write('run.succeeded', { output: 'Not written.' })
  const view = replay(aRun, events)

  expect(openAsks(view)).toEqual([])
  expect(verdictOf(view.steps[1]!)).toEqual(output)
  expect(blocksOf(view)).toMatchObject([{ kind: 'text' }, { kind: 'calls', calls: [{ step: null, ask: { output } }] }])
})

test('a_run_that_was_cancelled_asks_nothing', () => {
  const { events, write } = logUntilAsked()
  write('run.cancelled', {})

  expect(openAsks(replay(aRun, events))).toEqual([])
})

test('a_step_of_unknown_outcome_asks_while_the_run_waits_for_it', () => {
  const { events, write } = logOf()
  const step = aStep(1, { kind: 'tool', name: 'orders_create', effect: 'unkeyed', state: 'started', endedAt: null })
  write('run.created', { input: question, replica: 'a' })
  write('step.started', { step })
  write('run.claimed', { replica: 'b', epoch: 2, reason: 'takeover' })
  write('step.unknown', { step: { ...step, state: 'unknown' } })
  write('run.waiting', { reason: 'outcome_unknown', step: 1 })
  const waiting = replay(aRun, events)
  write('run.claimed', { replica: 'b', epoch: 2, reason: 'woken' })
  write('step.succeeded', { step: { ...step, state: 'succeeded', output: { happened: true } } })

  expect(openAsks(waiting).map(({ number }) => number)).toEqual([1])
  expect(statusOf(waiting)).toBe('asking')
  expect(openAsks(replay(aRun, events))).toEqual([])
})

test.each<[Partial<Run>, string]>([
  [{ state: 'running' }, 'running'],
  [{ state: 'queued', behind: true }, 'behind'],
  [{ state: 'waiting', paused: true }, 'paused'],
  [{ state: 'waiting', waiting: { reason: 'paused', until: null, step: 0 } }, 'paused'],
  [{ state: 'waiting', waiting: { reason: 'approval', until: null, step: 2 } }, 'asking'],
  [{ state: 'waiting', waiting: { reason: 'timer', until: null, step: 2 } }, 'waiting'],
  [{ state: 'succeeded', paused: true }, 'succeeded'],
])('%j stands as %s', (run, status) => {
  expect(statusOf({ ...aRun, ...run })).toBe(status)
})
