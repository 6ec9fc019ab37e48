import { expect, test } from 'vitest'
import { proposalsAt, type DefinitionSchema } from './proposals'
import { yamlPlace } from './yamlPlace'

const limits: DefinitionSchema = { properties: { steps: { type: 'integer' }, time: { description: 'Such as 10m' } } }
const schema: DefinitionSchema = {
  properties: {
    name: { type: 'string' },
    model: { description: 'The alias of a model.' },
    limits: { $ref: '#/components/schemas/Limits' },
    whenBusy: { enum: ['reject', 'queue'] },
    tools: { items: { type: 'string' } },
    approvals: { items: { properties: { when: { description: 'CEL' }, message: {} } } },
    answer: { oneOf: [{ enum: ['text'] }, { properties: { schema: {} } }] },
  },
}
const named = (name: string) => (name === 'Limits' ? limits : undefined)
const at = (text: string) =>
  proposalsAt(yamlPlace(text)!, schema, named, { 'tools.*': [{ label: 'clock' }] }).map(({ label }) => label)

test.each<[string, string[]]>([
  ['limits:\n  ', ['steps', 'time']],
  ['whenBusy: ', ['reject', 'queue']],
  ['tools: [', ['clock']],
  ['tools:\n  - ', ['clock']],
  ['approvals:\n  - ', ['when', 'message']],
  ['answer: ', ['text']],
  ['nothing: ', []],
])('what_may_stand_somewhere_comes_from_the_schema_and_the_installation: %j', (text, labels) => {
  expect(at(text)).toEqual(labels)
})

test('keys_are_proposed_with_what_they_are_for', () => {
  expect(at('name: a\n')).toContain('whenBusy')
  const model = proposalsAt(yamlPlace('mo')!, schema, named).find(({ label }) => label === 'model')
  expect(model).toEqual({ label: 'model', about: 'The alias of a model.', insert: 'model: ' })
})
