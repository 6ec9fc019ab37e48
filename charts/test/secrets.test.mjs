import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, ofKind, onCluster, render, set } from './rendering.mjs'
import { ways } from './ways.mjs'

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
  assert.equal(keyOf(await onCluster({ [path]: kept })), 'wh_default_kept')
})

const secretOf = (objects, name) => ofKind(objects, 'Secret').find((object) => object.metadata.name === name)

test('the passwords of the bundled Postgres are made once and stay with its data', async () => {
  const made = secretOf(await render(), 'rel-database')
  assert.equal(made.metadata.annotations['helm.sh/resource-policy'], 'keep')
  assert.deepEqual(Object.keys(made.data).sort(), ['password', 'postgres-password', 'replication-password'])
  assert.equal(new Set(Object.values(made.data)).size, 3)
  assert.equal(secretOf(await render(...set('postgresql.auth.existingSecret=mine')), 'mine'), undefined)
  assert.equal(secretOf(await render(...files('external-postgres')), 'rel-database'), undefined)
})

test('announcements are signed with a secret of its form, made with the first webhook', async () => {
  const made = secretOf(await render(...set('approvals.webhookUrl=https://chat.example.org/hook')), 'rel-wheelhouse-webhook')
  const text = Buffer.from(made.data['webhook-secret'], 'base64').toString()
  assert.match(text, /^whsec_/)
  assert.equal(Buffer.from(text.slice('whsec_'.length), 'base64').length, 32)
  assert.equal(secretOf(await render(), 'rel-wheelhouse-webhook'), undefined)
})

test('the master key of secrets is 32 bytes, made once, and kept', async () => {
  const made = secretOf(await render(), 'rel-wheelhouse-master-key')
  assert.equal(made.metadata.annotations['helm.sh/resource-policy'], 'keep')
  const text = Buffer.from(made.data['master-key'], 'base64').toString()
  assert.equal(Buffer.from(text, 'base64').length, 32)
  assert.notEqual(secretOf(await render(), 'rel-wheelhouse-master-key').data['master-key'], made.data['master-key'])
})

test('a master key of yours is changed by way of the one before it', async () => {
  const objects = await render(...set('secrets.existingSecret=mine', 'secrets.existingSecretPreviousKey=old-key'))
  assert.equal(secretOf(objects, 'rel-wheelhouse-master-key'), undefined)
  const [backend] = ofKind(objects, 'Deployment').filter(({ metadata }) => metadata.name === 'rel-wheelhouse-backend')
  const env = Object.fromEntries(backend.spec.template.spec.containers[0].env.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]))
  assert.deepEqual(env.SECRETS_MASTER_KEY, { name: 'mine', key: 'master-key' })
  assert.deepEqual(env.SECRETS_PREVIOUS_MASTER_KEY, { name: 'mine', key: 'old-key' })
})

test('External Secrets writes the Secrets that are named, and the chart makes none of them', async () => {
  const objects = await render(
    ...set('externalSecrets.enabled=true', 'externalSecrets.storeRef.name=vault', 'auth.existingSecret=wheelhouse-key'),
    ...['--set-json', 'externalSecrets.secrets={"wheelhouse-key":{"bootstrap-key":{"key":"wheelhouse/prod","property":"key"}}}'],
  )
  const [external] = ofKind(objects, 'ExternalSecret')
  assert.deepEqual(external.spec, {
    refreshInterval: '1h',
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    target: { name: 'wheelhouse-key', creationPolicy: 'Owner' },
    data: [{ secretKey: 'bootstrap-key', remoteRef: { key: 'wheelhouse/prod', property: 'key' } }],
  })
  assert.equal(keyOf(objects), undefined)
})

test('no key is made where a Secret is named', async () => {
  assert.equal(keyOf(await render(...set('auth.existingSecret=mine'))), undefined)
})

test('no key is made where none is asked for', async () => {
  assert.equal(keyOf(await render(...set('auth.mode=none', 'auth.allowOpen=true'))), undefined)
})

test('where no Secret is generated two renderings are the same to the letter', async () => {
  const { args } = ways['prod + gitops']
  const [one, other] = await Promise.all([render(...args), render(...args)])
  assert.deepEqual(one, other)
  assert.deepEqual(ofKind(one, 'Secret'), [])
  assert.notDeepEqual(await render(), await render(), 'by default they are made')
})
