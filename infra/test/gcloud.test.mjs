// The scripts for a learning cluster on Google's cloud, by the real gcloud, against the stand-in of its APIs.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { google } from './google.mjs'
import { call, programs } from './programs.mjs'
import { root } from './standin.mjs'

const has = (program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    return false
  }
}
const skip = !has('gcloud') && 'gcloud is not installed (cloud.google.com/sdk/docs/install)'
const settings = { PROJECT: 'demo-project', NAME: 'learn', ZONE: 'europe-west1-b', DUMP: 'no', POLL: '0', WAIT: '30' }
const base = 'compute/compute/v1/projects/demo-project'

/** A cluster with a release, whose volumes are gone at the second look. */
const inCluster = {
  helm: '[ "$1" != status ] || [ -e "$STATE/installed" ] || exit 1; [ "$1" != uninstall ] || rm "$STATE/installed"',
  kubectl: `case "$*" in
    *"get pv "*) [ ! -e "$STATE/volume" ] || { echo "volume pvc-1"; rm "$STATE/volume"; } ;;
    *"get services "*) [ ! -e "$STATE/balancer" ] || echo "service wheelhouse/public" ;;
    esac`,
}

describe('a learning cluster on Google Cloud', { skip }, () => {
  let cloud, others
  before(() => (others = programs(inCluster)))
  after(() => others.remove())
  beforeEach(async () => (cloud = await google()))
  afterEach(() => cloud.close())

  const script = (name, more) => call(join(root, 'infra/gcloud', name), [], { ...cloud.environment, ...others.environment, ...settings, ...more })
  const succeeds = async (name, more) => {
    const { code, text } = await script(name, more)
    assert.equal(code, 0, text)
    return text
  }
  const made = (ending) => cloud.requests.filter(({ method, path }) => method === 'POST' && path.endsWith(ending))
  const disk = (name, labels, users) =>
    cloud.store.set(`${base}/zones/europe-west1-b/disks/${name}`, {
      name, labels, users, status: 'READY', zone: `${base}/zones/europe-west1-b`, selfLink: `http://stand-in/${base}/zones/europe-west1-b/disks/${name}`,
    })

  test('up makes one cluster, the cheapest, and a second time none', async () => {
    await succeeds('up')
    await succeeds('up')
    const clusters = made('/clusters')
    assert.equal(clusters.length, 1)
    const { cluster } = clusters[0].body
    const [pool] = cluster.nodePools
    assert.equal(pool.initialNodeCount, 1)
    assert.equal(pool.config.spot, true)
    assert.equal(pool.config.machineType, 'e2-medium')
    assert.equal(pool.config.diskSizeGb, 20)
    assert.match(JSON.stringify(cluster), /"insecureKubeletReadonlyPortEnabled":false/)
    assert.equal(pool.config.shieldedInstanceConfig.enableSecureBoot, true)
    assert.notEqual(cluster.addonsConfig.horizontalPodAutoscaling.disabled, true)
    assert.equal(cluster.addonsConfig.httpLoadBalancing.disabled, true)
    assert.equal(cluster.networkConfig.datapathProvider, 'ADVANCED_DATAPATH')
    assert.equal(cluster.loggingConfig.componentConfig.enableComponents, undefined)
    assert.equal(cluster.workloadIdentityConfig.workloadPool, 'demo-project.svc.id.goog')
    assert.match(cluster.resourceLabels.expires, /^\d{4}-\d\d-\d\dt\d\d-\d\d$/)
    assert.equal(made('/repositories').length, 1)
    assert.deepEqual(made('/firewalls').flatMap(({ body }) => body.allowed.flatMap(({ ports }) => ports)), ['30080', '30443'])
  })

  test('up with INSTALL=yes puts the chart on it', async () => {
    others.forget()
    await succeeds('up', { INSTALL: 'yes' })
    assert.match(others.calls().join('\n'), /^helm upgrade --install wheelhouse .*dev\.yaml/m)
  })

  test('down uninstalls, waits for volumes, deletes and leaves nothing', async () => {
    await succeeds('up')
    execFileSync('touch', [join(others.folder, 'installed'), join(others.folder, 'volume')])
    disk('pvc-ours', { 'goog-k8s-cluster-name': 'learn' })
    disk('pvc-of-another', { 'goog-k8s-cluster-name': 'another' })
    disk('pvc-in-use', { 'goog-k8s-cluster-name': 'learn' }, ['instances/1'])
    others.forget()
    await succeeds('down')
    const calls = others.calls()
    assert.ok(calls.findIndex((c) => c.startsWith('helm uninstall')) < calls.findIndex((c) => c.startsWith('kubectl delete pvc')))
    assert.equal(calls.filter((c) => c.includes('get pv ')).length, 2, 'it looks until the volume is gone')
    const left = cloud.resources().filter((key) => !key.startsWith('artifactregistry/'))
    assert.deepEqual(left.map((key) => key.split('/').at(-1)), ['pvc-in-use', 'pvc-of-another'])
    assert.match(await succeeds('down'), /There is no cluster learn/)
  })

  test('down stops while a load balancer would go on costing', async () => {
    await succeeds('up')
    execFileSync('touch', [join(others.folder, 'balancer')])
    const { code, text } = await script('down', { WAIT: '0' })
    execFileSync('rm', [join(others.folder, 'balancer')])
    assert.notEqual(code, 0)
    assert.match(text, /service wheelhouse\/public\nDelete them, then run this again\./)
    assert.equal(cloud.requests.filter(({ method }) => method === 'DELETE').length, 0)
  })

  test('a call that fails stops up and down with a sentence, and they go on where they stopped', async () => {
    for (const name of ['up', 'down']) {
      const kinds = await distinct(name)
      assert.ok(kinds.length >= 5, `${kinds.length} kinds of calls`)
      for (const { method, path } of kinds) {
        // gcloud asks whether a service is on, and switches it on where it is not told.
        if (method === 'GET' && path.startsWith('serviceusage/')) continue
        cloud.faults = [{ method, path, status: 403 }]
        const { code, text } = await script(name)
        assert.notEqual(code, 0, `${name} went on although ${method} ${path} was refused`)
        assert.match(text, /Stopped while [a-z ]+\. Nothing after it was done/, `${method} ${path}`)
      }
      cloud.faults = []
      await succeeds(name)
    }
    assert.deepEqual(cloud.resources().filter((key) => /clusters|disks|firewalls/.test(key)), [])
  })

  /** What a run asks of the service, apart from waiting for it; the run is on another stand-in, where all of it has to be done. */
  async function distinct(name) {
    const here = cloud
    cloud = await google()
    if (name === 'down') {
      await succeeds('up')
      cloud.requests.length = 0
    }
    await succeeds(name)
    const seen = new Map(cloud.requests.filter(({ path }) => !path.includes('/operations/')).map((r) => [`${r.method} ${r.path}`, r]))
    cloud.close()
    cloud = here
    return [...seen.values()]
  }

  test('status names what there is and what was left behind', async () => {
    assert.match(await succeeds('status'), /^No cluster\.$/m)
    await succeeds('up')
    disk('pvc-ours', { 'goog-k8s-cluster-name': 'learn' })
    const said = await succeeds('status')
    assert.match(said, /^Cluster learn in europe-west1-b: RUNNING, 1 node\(s\), until 20/m)
    assert.match(said, /^Left behind, and costs: the disk pvc-ours\.$/m)
  })

  test('sweep ends what has expired and nothing else', async () => {
    const cluster = (name, expires) =>
      cloud.store.set(`container/v1/projects/demo-project/locations/europe-west1-b/clusters/${name}`, {
        name, location: 'europe-west1-b', zone: 'europe-west1-b', status: 'RUNNING', endpoint: '127.0.0.1', masterAuth: { clusterCaCertificate: 'Y2E=' },
        resourceLabels: { app: 'wheelhouse', expires }, nodePools: [], selfLink: `http://stand-in/${name}`,
      })
    cluster('old', '2020-01-01t18-00')
    cluster('spared', '2020-01-01t18-00')
    cluster('young', '2099-01-01t18-00')
    cluster('odd', 'tomorrow')
    const { code, text } = await script('sweep', { KEEP: 'spared' })
    assert.notEqual(code, 0)
    assert.match(text, /Not swept: odd: its label expires is "tomorrow"/)
    assert.match(text, /^1 swept\.$/m)
    assert.deepEqual(cloud.resources().filter((key) => key.includes('/clusters/')).map((key) => key.split('/').at(-1)), ['odd', 'spared', 'young'])
  })

  test('wrong settings are named, all at once', async () => {
    const { code, text } = await script('up', { PROJECT: '', ZONE: 'europe-west1', NAME: 'Learn_1', HOURS: 'many' })
    assert.notEqual(code, 0)
    for (const name of ['PROJECT', 'ZONE', 'NAME', 'HOURS']) assert.match(text, new RegExp(`^${name} is`, 'm'))
    assert.equal(cloud.requests.length, 0)
  })
})
