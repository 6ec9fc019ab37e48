// values.yaml as the schema and the README need it: each key with its path, its default and what the comment above it says.

import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** Every key in the order of the file: {path, name, value, text, schema, isMap, alone}. */
export function keysOf(source) {
  const lines = source.split('\n')
  const counter = new LineCounter()
  const document = parseDocument(source, { lineCounter: counter })
  const keys = []
  const visit = (map, path) => {
    for (const { key, value } of map.items) {
      const { line, col } = counter.linePos(key.range[0])
      const first = lines[line - 1].slice(0, col - 1).trim() === ''
      keys.push({
        path: [...path, key.value],
        value: isScalar(value) ? value.value : value.toJS(document),
        hasKeys: isMap(value) && value.items.length > 0,
        ...(first ? commentAbove(lines, line - 1) : { text: '' }),
      })
      if (isMap(value)) visit(value, [...path, key.value])
    }
  }
  visit(document.contents, [])
  return withTextsOfTheBackend(keys)
}

function commentAbove(lines, at) {
  const texts = []
  let schema
  for (let line = at - 1; line >= 0 && /^\s*#/.test(lines[line]); line--) {
    const said = lines[line].replace(/^\s*# ?/, '')
    if (said.startsWith('@schema ')) schema = said.slice('@schema '.length).trim()
    else texts.unshift(said)
  }
  return { text: texts.join(' ').trim(), schema }
}

/** What backend and frontend have alike is told once. */
function withTextsOfTheBackend(keys) {
  const ofBackend = new Map(keys.filter(({ path }) => path[0] === 'backend').map((key) => [key.path.slice(1).join('.'), key]))
  return keys.map((key) => {
    const like = key.path.length > 1 && ['frontend', 'test'].includes(key.path[0]) && ofBackend.get(key.path.slice(1).join('.'))
    return like ? { ...key, text: key.text || like.text, schema: key.schema ?? like.schema } : key
  })
}
