import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { withApiServer } from './api-server.mjs'
import { helm, ofKind, render, set } from './rendering.mjs'

const keyOf = (objects) => {
  const secret = ofKind(objects, 'Secret').find((object) => object.metadata.name === 'rel-wheelhouse-key')
  return secret && Buffer.from(secret.data['bootstrap-key'], 'base64').toString()
}

test('the first key is made, is long, and outlives an uninstall', async () => {
  const objects = await render()
  const secret = ofKind(objects, 'Secret').find((object) => object.metadata.name === 'rel-wheelhouse-key')
  assert.match(keyOf(objects), /^wh_default_[A-Za-z0-9]{40}$/)
  assert.equal(secret.metadata.annotations['helm.sh/resource-policy'], 'keep')
})

test('an upgrade keeps the key that is there', async () => {
  const kept = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'rel-wheelhouse-key',
      namespace: 'place',
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'rel', 'meta.helm.sh/release-namespace': 'place' },
    },
    data: { 'bootstrap-key': Buffer.from('wh_default_kept').toString('base64') },
  }
  const path = '/api/v1/namespaces/place/secrets/rel-wheelhouse-key'
  const { stdout } = await withApiServer({ [path]: kept }, (address) =>
    helm(['template', 'rel'], '--namespace', 'place', '--dry-run=server', '--kube-apiserver', address, '--disable-openapi-validation'),
  )
  assert.equal(keyOf(parseAllDocuments(stdout).map((document) => document.toJS()).filter(Boolean)), 'wh_default_kept')
})

test('no key is made where a Secret is named', async () => {
  assert.equal(keyOf(await render(...set('auth.existingSecret=mine'))), undefined)
})

test('no key is made where none is asked for', async () => {
  assert.equal(keyOf(await render(...set('auth.mode=none', 'auth.allowOpen=true'))), undefined)
})
