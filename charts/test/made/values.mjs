// values.yaml as the schema and the README need it: each key with its path, its default and what the comment above it says.

import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** What a key of this name is, wherever it stands and where no comment says it. */
const texts = {
  annotations: 'Annotations for it.',
  create: 'Makes one; else the name of another is to be given.',
  enabled: 'Switches it on or off.',
  labels: 'Labels for it.',
  limits: 'What one may take at the most.',
  maxReplicas: 'As many at the most.',
  minReplicas: 'As many at the least.',
  nodeSelector: 'Labels that a node must have.',
  podAnnotations: 'Annotations for its Pods.',
  podLabels: 'Labels for its Pods.',
  port: 'Its port.',
  pullPolicy: 'Always, IfNotPresent or Never.',
  registry: 'Where it is pulled from, unless global.imageRegistry says it for all.',
  repository: "The image's name.",
  requests: 'What is set aside for one.',
  tolerations: 'Taints of nodes that do not matter.',
}

/** Every key in the order of the file: {path, value, text, schema, hasKeys, isOneValue}. */
export function keysOf(source) {
  const lines = source.split('\n')
  const counter = new LineCounter()
  const document = parseDocument(source, { lineCounter: counter })
  const keys = []
  const visit = (map, path) => {
    for (const { key, value } of map.items) {
      const { line, col } = counter.linePos(key.range[0])
      const first = lines[line - 1].slice(0, col - 1).trim() === ''
      const isOneValue = isMap(value) && Boolean(value.flow)
      keys.push({
        isOneValue,
        path: [...path, key.value],
        value: isScalar(value) ? value.value : value.toJS(document),
        hasKeys: isMap(value) && value.items.length > 0,
        ...(first ? commentAbove(lines, line - 1) : { text: '' }),
      })
      if (isMap(value)) visit(value, [...path, key.value])
    }
  }
  visit(document.contents, [])
  return withTextsOfTheBackend(keys).map((key) => ({ ...key, text: key.text || (texts[key.path.at(-1)] ?? '') }))
}

function commentAbove(lines, at) {
  const texts = []
  let schema
  for (let line = at - 1; line >= 0 && /^\s*#/.test(lines[line]); line--) {
    const said = lines[line].replace(/^\s*# ?/, '')
    if (said.startsWith('@schema ')) schema = [said.slice('@schema '.length).trim(), schema].filter(Boolean).join(' ')
    else texts.unshift(said)
  }
  return { text: texts.join(' ').trim(), schema }
}

/** What components and the Pod of "helm test" have alike is told once. */
function withTextsOfTheBackend(keys) {
  const alike = ['test', 'backup', ...keys.filter(({ path }) => path[1] === 'stopDelaySeconds').map(({ path }) => path[0])]
  const ofBackend = new Map(keys.filter(({ path }) => path[0] === 'backend').map((key) => [key.path.slice(1).join('.'), key]))
  return keys.map((key) => {
    const like = key.path.length > 1 && alike.includes(key.path[0]) && ofBackend.get(key.path.slice(1).join('.'))
    return like ? { ...key, text: key.text || like.text, schema: key.schema ?? like.schema } : key
  })
}
