import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofKind, refusal, render, set } from './rendering.mjs'
import { everyContainerHasLimits, everyPodIsRestricted } from './rules.mjs'
import { prod } from './ways.mjs'

const key = 'age1p8yv7muqc2cpg5fazlhxq5naj7y2u23zkuv2nt2vkz88wmhsaaqsqu0k06'
const encrypted = set(`backup.encryption.recipients[0]=${key}`, 'backup.encryption.existingSecret=identity')
const stored = set('backup.store.place=bucket/wheelhouse', 'backup.store.endpoint=https://s3.example.org', 'backup.store.existingSecret=s3')

const jobsOf = (objects) => Object.fromEntries(ofKind(objects, 'CronJob').map((one) => [one.metadata.name.replace('rel-wheelhouse-', ''), one.spec]))
const podOf = (job) => job.jobTemplate.spec.template.spec
const chain = (job) => [...(podOf(job).initContainers ?? []), ...podOf(job).containers].map(({ name, command }) => `${name}: ${command.slice(2).join(' ')}`)
const script = (name) => `/etc/wheelhouse-backup/${name}`

const ways = {
  'in the claim': [[], {
    backup: ['dump: keep /backup'],
    'backup-drill': ['dump: drill /backup'],
    'backup-restore': ['restore: bring /backup'],
  }],
  'encrypted, in the claim': [encrypted, {
    backup: ['dump: keep /backup /scratch/plain', 'seal: seal /scratch/plain /backup'],
    'backup-drill': ['open: open /backup /scratch/opened', 'dump: drill /scratch/opened'],
    'backup-restore': ['open: open /backup /scratch/opened', 'restore: bring /scratch/opened'],
  }],
  'in a store': [stored, {
    backup: ['dump: keep /scratch/plain', 'send: send /scratch/plain'],
    'backup-drill': ['fetch: fetch /scratch/fetched', 'dump: drill /scratch/fetched'],
    'backup-restore': ['fetch: fetch /scratch/fetched', 'restore: bring /scratch/fetched'],
  }],
  'encrypted, in a store': [[...encrypted, ...stored], {
    backup: ['dump: keep /scratch/plain', 'seal: seal /scratch/plain /scratch/sealed', 'send: send /scratch/sealed'],
    'backup-drill': ['fetch: fetch /scratch/fetched', 'open: open /scratch/fetched /scratch/opened', 'dump: drill /scratch/opened'],
    'backup-restore': ['fetch: fetch /scratch/fetched', 'open: open /scratch/fetched /scratch/opened', 'restore: bring /scratch/opened'],
  }],
}

for (const [where, [args, wanted]] of Object.entries(ways)) {
  test(`dumps ${where} are made, proven and brought back, and every Pod is restricted`, async () => {
    const objects = await render(...prod, ...args)
    const jobs = jobsOf(objects)
    const found = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, chain(job).map((one) => one.replace(/(dump|store)\.sh /, '').replace(`${script('')}`, ''))]))
    assert.deepEqual(found, wanted)
    assert.equal(jobs['backup-restore'].suspend, true)
    assert.deepEqual([...everyPodIsRestricted(objects), ...everyContainerHasLimits(objects)], [])
    for (const job of Object.values(jobs)) {
      const { volumes, initContainers = [], containers } = podOf(job)
      const mounted = new Set([...initContainers, ...containers].flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name)))
      assert.deepEqual([...mounted].filter((name) => !volumes.some((volume) => volume.name === name)), [])
      assert.equal(volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim), !args.includes('backup.store.place=bucket/wheelhouse'))
      assert.equal(initContainers.concat(containers).some(({ env }) => env.some(({ name, value }) => /SECRET|PASSWORD|KEY_ID/.test(name) && name !== 'MASTER_KEY_SECRET' && value)), false)
    }
  })
}

test('whoever keeps the secret key away from the cluster has no drill and no restore in it', async () => {
  const jobs = jobsOf(await render(...prod, ...set(`backup.encryption.recipients[0]=${key}`, 'backup.drill.enabled=false')))
  assert.deepEqual(Object.keys(jobs), ['backup'])
  assert.match(await refusal(...prod, ...set(`backup.encryption.recipients[0]=${key}`)), /the drill cannot open the dumps/)
})

test('a store is reached by the policy, and by the identity of the cloud where there is no key', async () => {
  const objects = await render(...prod, ...set('backup.store.place=bucket', 'backup.store.region=eu-central-1', 'backup.store.serviceAccountName=dumps'))
  const policy = ofKind(objects, 'NetworkPolicy').find(({ metadata }) => metadata.name === 'rel-wheelhouse-backup')
  assert.ok(JSON.stringify(policy.spec.egress).includes('0.0.0.0/0'))
  const env = podOf(jobsOf(objects).backup).containers[0].env
  assert.ok(env.some(({ name, value }) => name === 'RCLONE_CONFIG_STORE_ENV_AUTH' && value === 'true'))
  assert.ok(env.some(({ name, value }) => name === 'RCLONE_CONFIG_STORE_PROVIDER' && value === 'AWS'))
  assert.equal(podOf(jobsOf(objects).backup).serviceAccountName, 'dumps')
})
