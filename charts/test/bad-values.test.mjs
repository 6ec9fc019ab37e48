import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { badValues } from './bad-values.mjs'
import { movedKeys } from './made/schema.mjs'
import { inPairs, readChartFile, refusalOf } from './rendering.mjs'

const schema = JSON.parse(readChartFile('values.schema.json'))

/** What a schema cannot say: values that cannot work together, a Secret that is missing. */
const contradictions = parse(readChartFile('../test/contradictions.yaml'))

const gone = movedKeys(readChartFile('known.yaml', ''))

/** One of so many is tried. */
const every = Number(process.env.EVERY || 1)

const all = [
  ...badValues(schema),
  ...contradictions,
  ...gone.map((path) => ({
    what: `${path} has moved`,
    values: path.split('.').reduceRight((inner, key) => ({ [key]: inner }), 'x'),
    named: [path],
  })),
]

const cases = all.filter((_, at) => at % every === 0)

test('bad values are refused with their key named', async (t) => {
  const wrong = (
    await inPairs(cases, async ({ what, values, named }) => {
      const said = await refusalOf(values)
      if (said === undefined) return `${what}: rendered`
      const missing = named.filter((word) => !said.includes(word))
      return missing.length ? `${what}: ${missing.join(' and ')} is not named in: ${said.trim().slice(0, 400)}` : undefined
    })
  ).filter(Boolean)

  t.diagnostic(`counted: bad values files refused with the key named: ${cases.length - wrong.length} of ${cases.length}${every > 1 ? `, one of ${every} of all` : ''}`)
  assert.deepEqual(wrong, [])
  assert.ok(all.length >= 1500, `only ${all.length} cases came of the schema`)
})
