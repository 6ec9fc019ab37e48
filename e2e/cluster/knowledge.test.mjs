import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure, mebibytes } from './figures.mjs'
import { entranceUrl, firstKey } from './platform.mjs'
import { kubectl, readyPods, until } from './programs.mjs'
import { release } from './release.mjs'
import { call } from './requests.mjs'
import { skip, surroundings } from './surroundings.mjs'

const ready = (collection, seconds) =>
  until(`the documents of ${collection} to be ready`, seconds, async () => {
    const { data } = await call('GET', '/api/v1/collections')
    const { id } = data.find(({ name }) => name === collection) ?? {}
    if (!id) return false
    const documents = (await call('GET', `/api/v1/collections/${id}/documents`)).data
    assert.deepEqual(documents.filter(({ state }) => state === 'failed').map(({ reason }) => reason), [])
    return documents.length > 0 && documents.every(({ state }) => state === 'ready') && id
  })

const message = `From: harbour@example.org
To: crew@example.org
Subject: Mooring
Date: Mon, 30 Nov 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The blue boat is moored at the ninth bollard of the eastern pier.
`

test('the example collection is read, and an agent answers from it with a source', { skip }, async () => {
  await release()
  await ready('handbook', 120)
  const { answer, run } = await call('POST', '/chat', { agent: 'librarian', message: 'How many days of leave do I have?' })
  assert.match(answer, /\[1\]/)
  assert.ok((await call('GET', `/api/v1/runs/${run}/citations`)).data.length > 0)
})

test('a file of others is read in its cage, in a Pod that is restricted, and is found', { skip }, async () => {
  await release()
  const { id } = await call('POST', '/api/v1/collections', { name: 'letters' })
  const form = new FormData()
  form.set('file', new Blob([message], { type: 'message/rfc822' }), 'mooring.eml')
  const sent = await fetch(new URL(`/api/v1/collections/${id}/documents`, await entranceUrl()), { method: 'POST', body: form, headers: { authorization: `Bearer ${await firstKey()}` } })
  assert.equal(sent.status, 201, await sent.text())
  await ready('letters', 120)
  const found = await call('POST', '/api/v1/collections/search', { collections: ['letters'], query: 'Where does the blue boat lie?' })
  assert.match(JSON.stringify(found), /ninth bollard/)
})

test('with the model of vectors loaded the backend stays within what it asks for', { skip }, async () => {
  await release()
  const [pod] = await readyPods('backend')
  const used = await until('figures of the backend', 90, async () => {
    const { containers } = JSON.parse(await kubectl('get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${surroundings.namespace}/pods/${pod.metadata.name}`))
    return Math.round(mebibytes(containers[0].usage.memory))
  })
  const asked = mebibytes(pod.spec.containers[0].resources.requests.memory)
  figure('memory of the backend once it has read and searched, MiB', used, `<= ${asked}, its request`)
  assert.ok(used <= asked)
  assert.equal(pod.status.containerStatuses[0].restartCount, 0)
})
