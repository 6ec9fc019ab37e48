import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { isOurs, ofKind, refusal, render, renderAs, set, valuesFile } from './rendering.mjs'

/** A values file as somebody types it, not as JSON. */
function typed(text) {
  const path = valuesFile({}).replace('.json', '.yaml')
  writeFileSync(path, text)
  return ['-f', path]
}

const agent = '{instructions: Help}'

test('words that YAML reads as true or false are no names: they are refused, and none gets lost', async () => {
  for (const word of ['on', 'yes', 'y', 'On', 'YES']) {
    assert.match(await refusal(...typed(`definitions: {${word}: ${agent}}`)), /definitions has the key "true".*on, yes and y.*quotes/, word)
  }
  for (const word of ['off', 'no', 'n']) assert.match(await refusal(...typed(`definitions: {${word}: ${agent}}`)), /definitions has the key "false"/, word)
  for (const [place, said] of Object.entries({
    'commonLabels: {y: "1"}': 'commonLabels',
    'backend: {nodeSelector: {no: "1"}}': 'backend.nodeSelector',
    'models: {aliases: {on: [{provider: demo, name: demo}]}}': 'models.aliases',
    'frontend: {podAnnotations: {off: "1"}}': 'frontend.podAnnotations',
    'backend: {settings: {chat: {yes: 1}}}': 'backend.settings.chat',
  })) {
    assert.ok((await refusal(...typed(place))).includes(`${said} has the key`), place)
  }
  const objects = await render(...typed(`definitions: {"on": ${agent}, "no": ${agent}, helper: ${agent}}`))
  const files = ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name.endsWith('-definitions')).data
  assert.deepEqual(Object.keys(files).sort(), ['helper.yaml', 'no.yaml', 'on.yaml'])
  assert.match(files['on.yaml'], /name: "on"/)
})

const refusedAs = async (release, ...args) => {
  try {
    await renderAs(release, 'place', ...args)
  } catch (error) {
    return error.stderr
  }
  return undefined
}

test('releases whose names make names that Kubernetes refuses are refused by their key', async () => {
  assert.equal(await refusedAs('a'), undefined)
  assert.equal(await refusedAs('demo'), undefined)
  // The bundled Postgres makes a hyphen of a point by itself.
  for (const [release, ...keys] of [['1release', 'fullnameOverride', 'postgresql.fullnameOverride', 'ingress-nginx.fullnameOverride'], ['my.release', 'fullnameOverride', 'ingress-nginx.fullnameOverride']]) {
    const said = await refusedAs(release)
    for (const key of keys) assert.ok(said.includes(`set ${key}`), said)
    assert.equal(await refusedAs(release, ...set('fullnameOverride=wh', 'postgresql.fullnameOverride=pg', 'ingress-nginx.fullnameOverride=in')), undefined)
  }
})

test('long release names get names that Kubernetes takes, or are refused by their key', async () => {
  const long = 'a'.repeat(42)
  assert.match(await refusedAs(long), /makes "a{42}-postgresql" a name of 53 letters.*set postgresql\.fullnameOverride, for example to "a{20}-pg"/)
  for (const letters of [30, 42, 53]) {
    const objects = await renderAs('b'.repeat(letters), 'place', ...set('postgresql.fullnameOverride=pg', 'ingress-nginx.fullnameOverride=in'))
    const tooLong = objects.filter(({ kind, metadata }) => metadata.name.length > (kind === 'StatefulSet' || kind === 'CronJob' ? 52 : 63))
    assert.deepEqual(tooLong.map(({ kind, metadata }) => `${kind} ${metadata.name}`), [])
    for (const { metadata } of objects.filter(isOurs)) for (const value of Object.values(metadata.labels)) assert.ok(value.length <= 63, value)
  }
})
