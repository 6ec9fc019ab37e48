import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { chart, images, makeNamespace, values } from './platform.mjs'
import { kubectl } from './programs.mjs'
import { forgetRelease } from './release.mjs'
import { folder } from './scripts.mjs'
import { skip, surroundings } from './surroundings.mjs'

const { namespace, release, ingressUrl, ingressClass } = surroundings

/** Without a look at the cluster, as Argo CD renders. */
async function rendered() {
  const args = [
    ...['template', release, chart, '--namespace', namespace, '--no-hooks', '--kube-version', '1.34.0'],
    ...[...values('dev', 'gitops'), ...images()],
    ...(ingressUrl ? ['--set', `ingress-nginx.enabled=false,ingress.className=${ingressClass}`] : []),
  ]
  return (await promisify(execFile)(process.env.HELM ?? 'helm', args, { maxBuffer: 1 << 26, env: { ...process.env, KUBECONFIG: '/dev/null' } })).stdout
}

const kinds = 'deployments,statefulsets,services,configmaps,secrets,networkpolicies,ingresses,serviceaccounts,persistentvolumeclaims,poddisruptionbudgets'
const versions = () => kubectl('get', kinds, '-o', 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid} {.metadata.generation} {.data}{"\\n"}{end}')

test('what gitops.yaml renders comes up by server-side apply, and a second time changes nothing', { skip }, async () => {
  forgetRelease()
  await makeNamespace()
  const words = { 'bootstrap-key': `wh_default_${'k'.repeat(40)}`, 'master-key': Buffer.alloc(32, 7).toString('base64') }
  for (const key of ['postgres-password', 'password', 'replication-password']) words[key] = `${key}-of-the-test`
  await kubectl('create', 'secret', 'generic', 'wheelhouse-secrets', ...Object.entries(words).map(([key, value]) => `--from-literal=${key}=${value}`))

  const file = join(folder, 'rendered.yaml')
  const first = await rendered()
  await writeFile(file, first)
  await kubectl('apply', '--server-side', '-f', file)
  await kubectl('rollout', 'status', `deployment/${release}-backend`, '--timeout=180s')
  const before = await versions()

  const second = await rendered()
  assert.equal(second, first, 'two renderings are the same to the letter')
  await kubectl('apply', '--server-side', '-f', file)
  assert.equal(await versions(), before)
})
