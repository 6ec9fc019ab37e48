// Joins the API's description from backend/src/main/openapi, one file per word, into what the backend serves and what
// docs show:
//   node scripts/openapi.mjs           writes both
//   node scripts/openapi.mjs --check   fails where one of them is not what the files say
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { load } = createRequire(`${root}/frontend/package.json`)('js-yaml')
const parts = `${root}/backend/src/main/openapi`
const copies = ['backend/src/main/resources/openapi.json', 'docs/openapi.json']

const fail = (message) => {
  console.error(message)
  process.exit(1)
}

/** Adds to `whole` and refuses what another file has said already. */
function join(whole, part, where) {
  for (const [name, value] of Object.entries(part)) {
    const here = `${where}/${name}`
    if (!(name in whole)) whole[name] = value
    else if (typeof value === 'object' && !Array.isArray(value) && isGroup(here)) join(whole[name], value, here)
    else fail(`Two files in ${parts} describe ${here}. Keep one.`)
  }
  return whole
}

const isGroup = (place) => /:\/(paths|components(\/[a-zA-Z]+)?)$/.test(place)

const words = readdirSync(parts)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length))

function read(word) {
  try {
    return load(readFileSync(`${parts}/${word}.yaml`, 'utf8'))
  } catch (error) {
    return fail(`backend/src/main/openapi/${word}.yaml cannot be read: ${error.message}`)
  }
}

/** Each file under its tag, in the order of the tags; the file that is named like the tag comes first. */
function description() {
  const whole = { ...read('wheelhouse'), paths: {} }
  const place = ({ word, part }) => {
    const tag = Object.values(Object.values(part.paths)[0])[0].tags[0]
    const at = whole.tags.findIndex(({ name }) => name === tag)
    if (at < 0) fail(`${word}.yaml has the tag "${tag}", which wheelhouse.yaml does not list. Add it there.`)
    return at * 2 + (tag.toLowerCase() === word ? 0 : 1)
  }
  words
    .filter((word) => word !== 'wheelhouse')
    .map((word) => ({ word, part: read(word) }))
    .sort((left, right) => place(left) - place(right))
    .forEach(({ part }) => join(whole, part, ':'))
  nameRefusals(whole)
  const { components, ...rest } = whole
  return JSON.stringify({ ...rest, components }, null, 2) + '\n'
}

const verbs = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

/** Names the refusals that follow from what an operation takes; those of its own it names itself. */
function nameRefusals(whole) {
  for (const [path, item] of Object.entries(whole.paths))
    for (const operation of verbs.map((verb) => item[verb]).filter(Boolean)) {
      const { default: refusal, ...answers } = operation.responses
      if (!refusal) continue
      const parameters = (operation.parameters ?? []).map((one) => (one.$ref ? at(whole, one.$ref) : one))
      const named = refusalsOf(path, operation, parameters).map((status) => [status, refusal])
      operation.responses = { ...Object.fromEntries(named), ...answers, default: refusal }
    }
}

const at = (whole, reference) =>
  reference
    .slice(2)
    .split('/')
    .reduce((value, name) => value[name], whole)

function refusalsOf(path, { security, requestBody }, parameters) {
  const takes = (where, name) => parameters.some((one) => one.in === where && (!name || one.name === name))
  return [
    (takes('query') || takes('header') || requestBody) && '400',
    security?.length !== 0 && '401',
    security?.length !== 0 && '403',
    path.includes('{') && '404',
    takes('header', 'If-Match') && '412',
    requestBody && '413',
    requestBody && '415',
  ].filter(Boolean)
}

const text = description()
for (const copy of copies) {
  const path = `${root}/${copy}`
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text)
    fail(`${copy} is not what backend/src/main/openapi says. Run "make gen" and commit what it writes.`)
}
