import { expect, test } from 'vitest'
import { aRun, aStep, logOf, question } from '#/testing/histories'
import { blocksOf, tellingArgument } from './steps'
import { applyDelta, replay } from './view'

const created = { input: question, replica: 'a' }
const asks = (text: string, ...names: string[]) => ({
  text,
  toolCalls: names.map((name) => ({ id: `call-${name}`, name, arguments: { name } })),
  finish: 'tool_calls',
})

test('tool_calls_stand_between_the_texts_they_came_between', () => {
  const { events, write } = logOf()
  write('run.created', created)
  write('step.succeeded', { step: aStep(1, { output: asks('I look.', 'clock') }) })
  write('step.succeeded', { step: aStep(2, { kind: 'tool', name: 'clock', call: 'call-clock' }) })
  write('step.succeeded', { step: aStep(3, { output: asks('It is noon.') }) })
  write('run.succeeded', { output: 'It is noon.' })

  const blocks = blocksOf(replay(aRun, events))

  expect(
    blocks.map((block) =>
      block.kind === 'calls' ? block.calls.map((call) => call.name) : 'text' in block ? block.text : block.kind,
    ),
  ).toEqual(['I look.', ['clock'], 'It is noon.'])
})

test('thoughts_stand_before_the_text_that_they_led_to', () => {
  const { events, write } = logOf()
  write('run.created', created)
  write('step.succeeded', { step: aStep(1, { output: { ...asks('It is noon.'), thoughts: 'Where is the sun?' } }) })
  write('run.succeeded', { output: 'It is noon.' })

  expect(blocksOf(replay(aRun, events)).map((block) => block.kind)).toEqual(['thoughts', 'text'])
})

test('a_call_the_model_asked_for_shows_before_it_begins_and_once_only_after', () => {
  const { events, write } = logOf()
  write('run.created', created)
  write('step.succeeded', { step: aStep(1, { output: asks('', 'clock', 'wait') }) })
  const asked = blocksOf(replay(aRun, events))
  write('step.succeeded', { step: aStep(2, { kind: 'tool', name: 'clock', call: 'call-clock' }) })
  const begun = blocksOf(replay(aRun, events))

  expect(asked).toMatchObject([{ calls: [{ step: null }, { step: null }] }])
  expect(begun).toMatchObject([
    {
      calls: [
        { name: 'clock', step: { number: 2 } },
        { name: 'wait', step: null },
      ],
    },
  ])
})

test('text_that_streams_shows_although_its_step_was_not_announced', () => {
  const { events, write } = logOf()
  write('run.created', created)
  const view = applyDelta(replay(aRun, events), { run: aRun.id, step: 1, offset: 0, text: 'Set' })

  expect(blocksOf(view)).toEqual([{ kind: 'text', key: '1', text: 'Set', live: true }])
})

test.each([
  [{ expression: '17 * 23' }, '17 * 23'],
  [{ url: 'https://example.org/dues' }, 'example.org/dues'],
  [{ text: '40 m', name: 'rope' }, 'rope'],
  [{ seconds: 10 }, '10'],
  [{}, ''],
  [null, ''],
])('the_telling_argument_of_%j_is_%j', (input, says) => {
  expect(tellingArgument(input)).toBe(says)
})
