import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { ofKind, render, set } from './rendering.mjs'

const backendOf = (objects) => ofKind(objects, 'Deployment').find(({ metadata }) => metadata.name.endsWith('-backend')).spec.template.spec
const settingsOf = (objects) => parse(ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name.endsWith('-backend')).data['settings.yaml'])
const variables = (objects) => Object.fromEntries(backendOf(objects).containers[0].env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom.secretKeyRef]))

test('a certificate authority of yours is mounted and named to the backend', async () => {
  for (const [from, source] of Object.entries({ existingConfigMap: { configMap: { name: 'own' } }, existingSecret: { secret: { secretName: 'own' } } })) {
    const objects = await render(...set(`outbound.caBundle.${from}=own`, 'outbound.caBundle.existingKey=root.pem'))
    const { volumes, containers } = backendOf(objects)
    assert.deepEqual(volumes.find(({ name }) => name === 'trust'), { name: 'trust', ...source })
    assert.ok(containers[0].volumeMounts.some(({ mountPath, readOnly }) => mountPath === '/etc/wheelhouse-trust' && readOnly))
    assert.equal(settingsOf(objects).outbound['ca-bundle'], '/etc/wheelhouse-trust/root.pem')
  }
  assert.equal(settingsOf(await render()).outbound, undefined)
})

test('a proxy is named, and what is in the cluster is reached without it', async () => {
  const objects = await render(...set('outbound.proxy.https=http://proxy.example:3128', 'outbound.proxy.noProxy={.example.org,10.0.0.0/8}', 'outbound.proxy.untrusted=true'))
  const { HTTPS_PROXY, HTTP_PROXY, NO_PROXY } = variables(objects)
  assert.equal(HTTPS_PROXY, 'http://proxy.example:3128')
  assert.equal(HTTP_PROXY, undefined)
  assert.equal(NO_PROXY, 'localhost,127.0.0.1,::1,.svc,.cluster.local,.example.org,10.0.0.0/8')
  assert.deepEqual(settingsOf(objects).outbound, { proxy: { untrusted: true } })
})

test("a proxy's password stays in its Secret", async () => {
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = variables(await render(...set('outbound.proxy.existingSecret=proxy')))
  assert.deepEqual([HTTP_PROXY, HTTPS_PROXY], [{ name: 'proxy', key: 'http-proxy' }, { name: 'proxy', key: 'https-proxy' }])
  assert.ok(NO_PROXY.includes('.svc'))
})
