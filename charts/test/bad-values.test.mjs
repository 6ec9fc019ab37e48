import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { badValues, merged, together } from './bad-values.mjs'
import { movedKeys } from './made/schema.mjs'
import { inPairs, readChartFile, refusalOf } from './rendering.mjs'
import { oneOf, share } from './sample.mjs'

const schema = JSON.parse(readChartFile('values.schema.json'))

/** What a schema cannot say: values that cannot work together, a Secret that is missing. */
const contradictions = parse(readChartFile('../test/contradictions.yaml'))

const moved = movedKeys(readChartFile('known.yaml', '')).map((path) => ({
  what: `${path} has moved`,
  values: path.split('.').reduceRight((inner, key) => ({ [key]: inner }), 'x'),
  named: [path],
}))

const bySchema = badValues(schema)
const all = [...bySchema, ...contradictions, ...moved]

/** What is wrong with a refusal in which one sentence must name these words. */
function unnamed({ what, named }, said, sentences) {
  if (said === undefined) return [`${what}: rendered`]
  if (sentences.some((sentence) => named.every((word) => sentence.includes(word)))) return []
  return [`${what}: ${named.join(' and ')} is not named in: ${said.trim().slice(0, 400)}`]
}

test('bad values are refused with their key named', async (t) => {
  const cases = oneOf(all)
  const wrong = (
    await inPairs(cases, async (one) => {
      const said = await refusalOf(one.values)
      return unnamed(one, said, [said])
    })
  ).flat()

  t.diagnostic(`counted: bad values files refused with the key named: ${cases.length - wrong.length} of ${cases.length}${share}`)
  assert.deepEqual(wrong, [])
  assert.ok(all.length >= 1500, `only ${all.length} cases came of the schema`)
})

test('what is wrong at many keys at once is named at each of them', async (t) => {
  const batches = together(bySchema)
  const tried = batches.flat().length
  const wrong = (
    await inPairs(batches, async (batch) => {
      const said = await refusalOf(merged(batch))
      const sentences = said?.split(/^(?=- at )/m) ?? []
      return batch.flatMap((one) => unnamed(one, said, sentences))
    })
  ).flat()

  t.diagnostic(`counted: bad values named among others: ${tried - wrong.length} of ${tried}, in ${batches.length} files`)
  assert.deepEqual(wrong, [])
})
