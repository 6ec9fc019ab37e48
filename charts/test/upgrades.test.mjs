import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { chartSource, ofKind, onCluster, readChartFile, render, set } from './rendering.mjs'

const chart = parse(readChartFile('Chart.yaml'))

const refusedOnCluster = (objects, ...args) =>
  onCluster(objects, ...args).then(
    () => assert.fail('helm rendered what it should have refused'),
    (error) => error.stderr ?? error.message,
  )

const owned = { 'meta.helm.sh/release-name': 'rel', 'meta.helm.sh/release-namespace': 'place' }
const labels = { 'app.kubernetes.io/managed-by': 'Helm' }

const installed = (data) => ({
  '/api/v1/namespaces/place/configmaps/rel-wheelhouse-installed': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'rel-wheelhouse-installed', namespace: 'place', labels, annotations: owned },
    data: { version: '0.9.0', schema: '6', 'schema-contracted': '0', ...data },
  },
})

const claim = (name) => ({
  [`/api/v1/namespaces/place/persistentvolumeclaims/${name}`]: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'place' },
  },
})

/** The passwords that belong to the claim. */
const passwords = {
  '/api/v1/namespaces/place/secrets/rel-database': {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'rel-database', namespace: 'place', labels, annotations: owned },
    data: Object.fromEntries(['postgres-password', 'password', 'replication-password'].map((key) => [key, 'a2VwdA=='])),
  },
}

const data = (written) => ({
  ...installed({ 'postgres-claim': 'data-rel-postgresql-0', 'postgres-major': '18', ...written }),
  ...claim('data-rel-postgresql-0'),
  ...passwords,
})

/** The variables of the backend, and the keys of those that come from Secrets. */
const variablesOf = (objects) =>
  Object.fromEntries(
    ofKind(objects, 'Deployment')
      .find(({ metadata }) => metadata.name === 'rel-wheelhouse-backend')
      .spec.template.spec.containers[0].env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef?.key]),
  )

const statefulSet = (name, storage) => ({
  [`/apis/apps/v1/namespaces/place/statefulsets/${name}`]: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'place', labels, annotations: owned },
    spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } }] },
  },
})

const ingressClass = (annotations) => ({
  '/apis/networking.k8s.io/v1/ingressclasses/nginx': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx', labels, annotations },
  },
})

test('a release writes down what the next version must know', async () => {
  const [written] = ofKind(await render(), 'ConfigMap').filter((one) => one.metadata.name === 'rel-wheelhouse-installed')
  assert.equal(written.metadata.annotations['helm.sh/resource-policy'], 'keep')
  assert.equal(written.data.version, chart.appVersion)
  assert.equal(written.data['postgres-claim'], 'data-rel-postgresql-0')
  assert.equal(written.data['postgres-major'], '18')
})

test('the chart knows the newest migration, and the newest that took something away', () => {
  const migrations = readdirSync(join(chartSource, '../../backend/src/main/resources/db/migration'))
  const numbers = (names) => names.map((name) => Number(name.match(/^V0*(\d+)__/)[1]))
  const newest = (names) => String(Math.max(0, ...numbers(names)))
  assert.equal(chart.annotations['wheelhouse.dev/schema'], newest(migrations))
  assert.equal(chart.annotations['wheelhouse.dev/schema-contracted'], newest(migrations.filter((name) => /__contract/.test(name))))
})

test('an upgrade of the same Postgres goes through', async () => {
  assert.ok((await onCluster({ ...data(), ...ingressClass(owned) })).length > 10)
})

test('the backend is the owner of the database and no superuser, and older data stays with its own', async () => {
  const userOf = async (rendered) => {
    const { DATABASE_USER, DATABASE_PASSWORD } = variablesOf(await rendered)
    return [DATABASE_USER, DATABASE_PASSWORD]
  }
  assert.deepEqual(await userOf(render()), ['wheelhouse', 'password'])
  assert.deepEqual(await userOf(onCluster(data())), ['postgres', 'postgres-password'], 'data of 0.1')
  assert.deepEqual(await userOf(onCluster(data({ 'postgres-user': 'wheelhouse' }))), ['wheelhouse', 'password'])
  assert.deepEqual(await userOf(onCluster(installed({ 'postgres-claim': 'data-rel-postgresql-0' }))), ['wheelhouse', 'password'], 'no claim any more')
  assert.deepEqual(await userOf(render(...set('postgresql.auth.username=postgres'))), ['postgres', 'postgres-password'])
  const other = set('postgresql.auth.username=other')
  assert.match(await refusedOnCluster(data({ 'postgres-user': 'wheelhouse' }), ...other), /username is "other", but the data .* belongs to "wheelhouse"/)
})

test('data whose passwords are gone is refused, and not met with new ones', async () => {
  const there = { ...installed({ 'postgres-claim': 'data-rel-postgresql-0' }), ...claim('data-rel-postgresql-0') }
  assert.match(await refusedOnCluster(there), /is there, but the Secret "rel-database" with its passwords is gone.*delete pvc data-rel-postgresql-0/)
  assert.ok((await onCluster(there, ...set('postgresql.auth.existingSecret=mine'))).length > 10)
})

test('another size of a disk is refused, with the way to it', async () => {
  const there = { ...data(), ...statefulSet('rel-postgresql', '8Gi') }
  assert.ok((await onCluster(there)).length > 10)
  const said = await refusedOnCluster(there, ...set('postgresql.primary.persistence.size=20Gi'))
  assert.match(said, /size is "20Gi", but the disk of "rel-postgresql" was made with 8Gi/)
  assert.match(said, /patch pvc data-rel-postgresql-0 .*delete statefulset rel-postgresql --cascade=orphan/)
})

test('a Postgres that does not start on its data is refused', async () => {
  assert.match(await refusedOnCluster(data({ 'postgres-major': '17' })), /brings Postgres 18, but the volume claim "data-rel-postgresql-0" was written by Postgres 17/)
})

test('a digest of the own choice is left to who chose it, and an emptied claim to nobody', async () => {
  const of17 = { 'postgres-major': '17' }
  const digest = set(`postgresql.image.digest=sha256:${'a'.repeat(64)}`)
  const objects = await onCluster(data(of17), ...digest)
  const [written] = ofKind(objects, 'ConfigMap').filter((one) => one.metadata.name.endsWith('-installed'))
  assert.equal(written.data['postgres-major'], '17')
  assert.ok((await onCluster(installed({ 'postgres-claim': 'data-rel-postgresql-0', ...of17 }))).length > 10)
})

test('an upgrade that would leave the data behind is refused', async () => {
  assert.match(
    await refusedOnCluster(data(), ...set('postgresql.architecture=replication')),
    /new volume claim "data-rel-postgresql-primary-0" and leave the data on "data-rel-postgresql-0" behind/,
  )
})

test('a version that is too old for the database is refused', async () => {
  assert.match(
    await refusedOnCluster(installed({ schema: '99', 'schema-contracted': '99' })),
    /version 0\.9\.0 was installed, whose migration 99 removed what older versions need/,
  )
  assert.ok((await onCluster(installed({ schema: '99' }))).length > 10, 'one that serves beside it is not')
})

test("an IngressClass of another release's is not taken over", async () => {
  const theirs = ingressClass({ 'meta.helm.sh/release-name': 'other', 'meta.helm.sh/release-namespace': 'there' })
  const named = set('ingress-nginx.controller.ingressClassResource.enabled=true', 'ingress-nginx.rbac.scope=false', 'ingress-nginx.controller.scope.enabled=false')
  assert.match(await refusedOnCluster(theirs, ...named), /"nginx", a class that the release "other" in the namespace "there" has already brought/)
  assert.match(await refusedOnCluster(ingressClass({}), ...named), /a class that someone else has already brought/)
  assert.ok((await onCluster(theirs)).length > 10, 'by default there is no class of ours')
  assert.ok((await onCluster(theirs, ...set('ingress-nginx.enabled=false', 'ingress.className=nginx'))).length > 10)
})

test('with and without a cluster the same objects are made', async () => {
  const names = (objects) => objects.map((one) => `${one.kind}/${one.metadata.name}`).sort()
  assert.deepEqual(names(await onCluster(installed({}))), names(await render()))
})

const deployment = (name, selector) => ({
  [`/apis/apps/v1/namespaces/place/deployments/rel-wheelhouse-${name}`]: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `rel-wheelhouse-${name}`, namespace: 'place', labels, annotations: owned },
    spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'wheelhouse', ...selector } } },
  },
})

test('Deployments of 0.1, whose selectors lack the track, are refused with what lets go of them', async () => {
  const both = { ...deployment('backend', {}), ...deployment('frontend', {}) }
  const said = await refusedOnCluster(both)
  assert.match(said, /\(1\)/)
  assert.match(said, /kubectl -n place delete deployment rel-wheelhouse-backend rel-wheelhouse-frontend --cascade=orphan/)
  assert.match(said, /label replicasets -l app\.kubernetes\.io\/instance=rel,app\.kubernetes\.io\/part-of=wheelhouse track=stable/)
  const tracked = { ...deployment('backend', { track: 'stable' }), ...deployment('frontend', { track: 'stable' }) }
  assert.ok((await onCluster(tracked)).length > 10)
})

test('Deployments and Pods have a track, and whoever finds Pods finds those of all tracks', async () => {
  const objects = (await render()).filter((one) => one.metadata.labels?.['app.kubernetes.io/part-of'] === 'wheelhouse')
  for (const { spec } of ofKind(objects, 'Deployment')) {
    assert.equal(spec.selector.matchLabels.track, 'stable')
    assert.equal(spec.template.metadata.labels.track, 'stable')
  }
  for (const kind of ['Service', 'NetworkPolicy', 'PodDisruptionBudget']) assert.ok(!JSON.stringify(ofKind(objects, kind)).includes('"track"'), kind)
})
