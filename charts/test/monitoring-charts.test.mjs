// values/monitoring on the charts that "make monitoring" installs, which are somebody else's and large: only where they are at hand.
//
//   MONITORING_CHARTS_DIR   a folder with kube-prometheus-stack, loki and alloy, unpacked, with those of their sub-charts that are used

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, parseAllDocuments } from 'yaml'
import { mebibytes } from '../../e2e/cluster/figures.mjs'
import { valuesFolder } from './rendering.mjs'
import { pods } from './rules.mjs'

const folder = process.env.MONITORING_CHARTS_DIR
const parts = { prometheus: 'kube-prometheus-stack', loki: 'loki', alloy: 'alloy' }
const absent = folder && Object.values(parts).find((chart) => !existsSync(join(folder, chart, 'Chart.yaml')))
const skip = !folder ? 'no charts of Prometheus, Loki and Alloy: set MONITORING_CHARTS_DIR' : absent && `${folder} has no ${absent}`

describe('the monitoring namespace', { skip }, () => {
  const objects = []
  before(async () => {
    for (const [name, chart] of Object.entries(parts)) {
      const args = ['template', name, join(folder, chart), '-n', 'monitoring', '-f', join(valuesFolder, `monitoring/${name}.yaml`), '--kube-version', '1.34.0']
      const { stdout } = await promisify(execFile)(process.env.HELM ?? 'helm', args, { maxBuffer: 1 << 26, env: { ...process.env, KUBECONFIG: '/dev/null' } })
      objects.push(...parseAllDocuments(stdout, { version: '1.1' }).map((document) => document.toJS()).filter(Boolean))
    }
  })

  /** What the operator of Prometheus makes Pods of. */
  const made = () => objects.filter(({ kind }) => ['Prometheus', 'Alertmanager'].includes(kind))
  const containers = () => pods(objects).flatMap(({ object, spec }) => [...(spec.initContainers ?? []), ...spec.containers].map((container) => ({ at: `${object.metadata.name}: ${container.name}`, spec, container })))

  test('is of the versions that the script installs', () => {
    const script = readFileSync(join(valuesFolder, '../scripts/monitoring'), 'utf8')
    for (const [name, chart] of Object.entries(parts)) {
      const { version } = parse(readFileSync(join(folder, chart, 'Chart.yaml'), 'utf8'))
      assert.ok(script.includes(`part ${name} ${chart} ${version} `), `${chart} ${version}`)
    }
  })
  test('has Pods that Pod Security restricted lets in', () => {
    assert.ok(containers().length >= 5)
    for (const { at, spec, container } of containers()) {
      const own = { ...spec.securityContext, ...container.securityContext }
      assert.deepEqual([own.allowPrivilegeEscalation, own.capabilities?.drop, own.runAsNonRoot, own.seccompProfile?.type], [false, ['ALL'], true, 'RuntimeDefault'], at)
      assert.ok(!spec.hostNetwork && !spec.hostPID && !(spec.volumes ?? []).some(({ hostPath }) => hostPath), at)
    }
    for (const { metadata, spec } of made()) assert.deepEqual([spec.securityContext.runAsNonRoot, spec.securityContext.seccompProfile?.type], [true, 'RuntimeDefault'], metadata.name)
  })
  test('asks for at most 1 GiB, and says how much it may use', () => {
    const all = [...containers().map(({ at, container }) => [at, container.resources]), ...made().map(({ metadata, spec }) => [metadata.name, spec.resources])]
    for (const [at, resources] of all) assert.ok(resources?.requests?.memory && resources.limits?.memory, at)
    assert.ok(all.reduce((sum, [, { requests }]) => sum + mebibytes(requests.memory), 0) <= 1024)
  })
  test('reads no Secret, but for the operator that writes its own', () => {
    const readers = objects.filter(({ kind, rules }) => /Role$/.test(kind) && rules?.some(({ resources }) => resources?.includes('secrets') || resources?.includes('*')))
    assert.deepEqual(readers.map(({ metadata }) => metadata.name), ['prometheus-kube-prometheus-operator'])
    const roles = new Set(objects.filter(({ kind }) => /Role$/.test(kind)).map(({ kind, metadata }) => `${kind} ${metadata.name}`))
    for (const { kind, metadata, roleRef } of objects) if (/RoleBinding$/.test(kind)) assert.ok(roles.has(`${roleRef.kind} ${roleRef.name}`), metadata.name)
  })
})
