// The scripts for a learning cluster on Amazon's cloud, by the real aws, against moto.

import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { amazon } from './amazon.mjs'
import { call, programs } from './programs.mjs'
import { find, root } from './standin.mjs'

const aws = find('aws')
const moto = find('moto')
const skip = (!aws && 'aws is not installed (docs.aws.amazon.com/cli)') || (!moto && 'moto is not installed (infra/tool --install moto)')
const settings = { NAME: 'learn', DUMP: 'no', POLL: '0', WAIT: '30' }

describe('a learning cluster on Amazon', { skip }, () => {
  let cloud, others, home
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'aws-'))
    others = programs({ helm: '[ "$1" != status ] || [ -e "$STATE/installed" ] || exit 1; [ "$1" != uninstall ] || rm "$STATE/installed"', kubectl: '' })
    cloud = await amazon(moto)
  })
  after(() => {
    cloud.close()
    others.remove()
    rmSync(home, { recursive: true })
  })
  beforeEach(() => cloud.reset())

  const environment = () => ({ ...cloud.environment, ...others.environment, ...settings, KUBECONFIG: join(home, 'kubeconfig') })
  const script = (name, more) => call(join(root, 'infra/aws', name), [], { ...environment(), ...more })
  const succeeds = async (name, more) => {
    const { code, text } = await script(name, more)
    assert.equal(code, 0, text)
    return text
  }
  const ask = async (...args) => JSON.parse((await promisify(execFile)(aws, [...args, '--output', 'json'], { env: { ...process.env, ...environment() } })).stdout || '{}')
  const made = (kind) => cloud.requests.filter((request) => request.kind === kind)
  const left = async () => ({
    clusters: (await ask('eks', 'list-clusters')).clusters,
    roles: (await ask('iam', 'list-roles')).Roles.map(({ RoleName }) => RoleName).filter((name) => name.startsWith('learn-')),
    volumes: (await ask('ec2', 'describe-volumes')).Volumes.length,
  })

  test('up makes one cluster with one Spot node, and a second time none', async () => {
    await succeeds('up')
    await succeeds('up')
    assert.equal(made('eks POST /clusters').length, 1)
    const cluster = JSON.parse(made('eks POST /clusters')[0].body)
    assert.deepEqual(cluster.accessConfig, { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true })
    assert.equal(cluster.upgradePolicy.supportType, 'STANDARD')
    assert.match(cluster.tags.expires, /^\d{4}-\d\d-\d\dt\d\d-\d\d$/)
    assert.ok(cluster.resourcesVpcConfig.subnetIds.length >= 2)
    const [group, ...more] = made('eks POST /clusters/learn/node-groups')
    assert.equal(more.length, 0)
    const node = JSON.parse(group.body)
    assert.equal(node.capacityType, 'SPOT')
    assert.deepEqual(node.scalingConfig, { minSize: 1, maxSize: 1, desiredSize: 1 })
    assert.deepEqual(node.instanceTypes, ['t3.medium', 't3a.medium'])
    assert.equal(node.diskSize, 20)
    assert.equal(made('iam CreateRole').length, 2)
    const addOns = made('eks POST /clusters/learn/addons').map(({ body }) => JSON.parse(body))
    assert.deepEqual(addOns.map(({ addonName }) => addonName), ['vpc-cni', 'aws-ebs-csi-driver'])
    assert.match(addOns[0].configurationValues, /enableNetworkPolicy/)
    assert.ok(made('ec2 CreateNatGateway').length === 0 && made('ec2 CreateVpc').length === 0, 'nothing that costs by the hour beside them')
  })

  test('down deletes node, cluster, roles and the volumes it left, and no others', async () => {
    await succeeds('up')
    const volume = async (tags) => ask('ec2', 'create-volume', '--availability-zone', 'eu-central-1a', '--size', '1', '--tag-specifications', `ResourceType=volume,Tags=[{Key=${tags},Value=owned}]`)
    await volume('kubernetes.io/cluster/learn')
    await volume('kubernetes.io/cluster/another')
    execFileSync('touch', [join(others.folder, 'installed')])
    others.forget()
    await succeeds('down')
    const calls = others.calls()
    assert.ok(calls.findIndex((one) => one.startsWith('helm uninstall')) < calls.findIndex((one) => one.startsWith('kubectl delete pvc')))
    assert.deepEqual(await left(), { clusters: [], roles: [], volumes: 1 })
    assert.match(await succeeds('down'), /There is no cluster learn/)
  })

  test('a call that fails stops up and down with a sentence, and they go on where they stopped', async () => {
    for (const name of ['up', 'down']) {
      const kinds = await distinct(name)
      assert.ok(kinds.length >= 6, kinds.join())
      for (const kind of kinds) {
        cloud.faults = [kind]
        const { code, text } = await script(name)
        // What was done by an earlier run is not asked for again.
        if (code === 0) assert.ok(!cloud.requests.slice(cloud.mark).some((request) => request.kind === kind), `${name} went on although ${kind} was refused`)
        else assert.match(text, /Stopped while [a-z -]+\. Nothing after it was done/, kind)
        cloud.mark = cloud.requests.length
      }
      cloud.faults = []
      await succeeds(name)
    }
    assert.deepEqual(await left(), { clusters: [], roles: [], volumes: 0 })
  })

  /** The kinds of calls of a run in which all has to be done, in their order. */
  async function distinct(name) {
    if (name === 'down') await succeeds('up')
    cloud.requests.length = 0
    await succeeds(name)
    const kinds = [...new Set(cloud.requests.map(({ kind }) => kind))]
    if (name === 'up') await cloud.reset()
    else await succeeds('up')
    return kinds
  }

  test('status names what there is', async () => {
    assert.match(await succeeds('status'), /^No cluster\.$/m)
    await succeeds('up')
    assert.match(await succeeds('status'), /^Cluster learn in eu-central-1: ACTIVE, until 20/m)
  })

  test('sweep ends what has expired and nothing else', async () => {
    for (const [name, expires] of Object.entries({ old: '2020-01-01t18-00', spared: '2020-01-01t18-00', young: '2099-01-01t18-00', odd: 'tomorrow' })) {
      await ask('eks', 'create-cluster', '--name', name, '--role-arn', 'arn:aws:iam::123456789012:role/x', '--resources-vpc-config', 'subnetIds=subnet-1,subnet-2', '--tags', `app=wheelhouse,expires=${expires}`)
    }
    const { code, text } = await script('sweep', { KEEP: 'spared' })
    assert.notEqual(code, 0)
    assert.match(text, /Not swept: odd: its tag expires is "tomorrow"/)
    assert.match(text, /^1 swept\.$/m)
    assert.deepEqual((await left()).clusters.sort(), ['odd', 'spared', 'young'])
  })

  test('wrong settings are named, all at once', async () => {
    const { code, text } = await script('up', { AWS_REGION: 'Frankfurt', NAME: 'learn_1', MACHINES: 'large', HOURS: '0' })
    assert.notEqual(code, 0)
    for (const name of ['AWS_REGION', 'NAME', 'MACHINES', 'HOURS']) assert.match(text, new RegExp(`^${name} is`, 'm'))
    assert.equal(cloud.requests.length, 0)
  })
})
