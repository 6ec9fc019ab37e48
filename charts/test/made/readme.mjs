// The table of all values in the chart's README, from values.yaml; the prose around it is written by hand.

import { keysOf } from './values.mjs'

const begin = '<!-- From here on made from values.yaml by "make gen-chart". -->'

export function readmeWith(readme, valuesYaml) {
  const prose = readme.split(begin)[0].trimEnd()
  return `${prose}\n\n${begin}\n\n${tables(rowsOf(keysOf(valuesYaml)))}`
}

/** What is written on one line, or has a kind of its own, is one row; the keys below it are not told. */
export function rowsOf(keys) {
  const whole = keys.filter((key) => key.isOneValue || (key.hasKeys && key.schema && !key.schema.startsWith('{'))).map(({ path }) => `${path.join('.')}.`)
  return keys
    .filter(({ path }) => !whole.some((above) => path.join('.').startsWith(above)))
    .map((key) => (whole.includes(`${key.path.join('.')}.`) ? { ...key, hasKeys: false } : key))
}

function tables(keys) {
  const groups = Map.groupBy ? Map.groupBy(keys, ({ path }) => path[0]) : groupBy(keys)
  const alone = []
  const sections = []
  for (const [name, group] of groups) {
    if (group.length === 1 && !group[0].hasKeys) alone.push(group[0])
    else sections.push(`### ${name}\n\n${group[0].text ? `${sentence(group[0].text)}\n\n` : ''}${table(group.slice(1))}`)
  }
  return `## Values\n\n${table(alone)}\n${sections.join('\n')}`
}

function groupBy(keys) {
  const groups = new Map()
  for (const key of keys) groups.set(key.path[0], [...(groups.get(key.path[0]) ?? []), key])
  return groups
}

function table(keys) {
  const rows = keys.filter((key) => !key.hasKeys || key.text).map((key) => `| \`${key.path.join('.')}\` | ${shown(key)} | ${cell(key.text)} |`)
  return `| key | default | what it is |\n|---|---|---|\n${rows.join('\n')}\n`
}

const shown = ({ hasKeys, value }) => (hasKeys ? '' : `\`${JSON.stringify(value).replaceAll('|', '\\|')}\``)

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

const sentence = (text) => (/[.!?:]$/.test(text) ? cell(text) : `${cell(text)}.`)
