import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choices, combinations } from './combinations.mjs'
import { breachesOfSchemas, kubernetesVersions } from './kubernetes/conform.mjs'
import { files, inPairs, render, unchecked, valuesFile } from './rendering.mjs'
import * as rules from './rules.mjs'
import { isWhole, seed } from './sample.mjs'

/** A share still has every pair of choices, in as few as will do. */
const atLeast = isWhole ? 250 : 1

const oldest = kubernetesVersions[0]
const newest = kubernetesVersions.at(-1)

/** The rules, but those that choices may break: open networks, and Secrets that are the user's. */
const { pods: _, everyPodHasItsPolicy: open, everyReferenceIsThere: given, ...kept } = rules
const held = Object.values(kept)

/** What a choice is there to break: OpenShift chooses users itself. */
const meant = { OpenShift: /runs as a user above 10000$/ }

/** Values files come before single settings, as on a command line. */
function argsOf(picked) {
  const chosen = Object.entries(picked).map(([name, choice]) => choices[name][choice])
  return [...files(...chosen.flatMap(({ file }) => file ?? [])), ...chosen.flatMap(({ values }) => (values ? ['-f', valuesFile(values)] : []))]
}

test('good values render on every Kubernetes, and each object is what it knows', async (t) => {
  const { combinations: good, pairs } = combinations(atLeast, seed)
  const objects = []
  const wrong = (
    await inPairs(good, async (picked) => {
      const args = argsOf(picked)
      try {
        const rendered = [
          await render(...args, '--kube-version', oldest),
          await render(...args, '--kube-version', newest, unchecked),
        ]
        objects.push(...rendered.flat())
        return rendered.flatMap((one) => [...duplicates(one), ...held.flatMap((rule) => rule(one)).filter((breach) => !meant[picked.pods]?.test(breach))])
      } catch (error) {
        return [error.stderr ?? String(error)]
      }
    })
  ).flatMap((said, at) => said.map((one) => `${JSON.stringify(good[at])}: ${one}`))

  assert.deepEqual(wrong, [])
  const breaches = await breachesOfSchemas(objects)
  t.diagnostic(`counted: good combinations rendered (seed ${seed}, all ${pairs} pairs of choices): ${good.length} of ${good.length}`)
  t.diagnostic(`counted: Kubernetes versions whose schemas they keep: ${kubernetesVersions.length}, ${oldest} to ${newest}`)
  assert.deepEqual(breaches, [])
})

function duplicates(objects) {
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is there twice`)
}

test('the schemas find what Kubernetes does not know', async () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'bad' }, spec: { portz: [] } }
  const strange = { apiVersion: 'example.com/v1', kind: 'Strange', metadata: { name: 'strange' } }

  const breaches = await breachesOfSchemas([service, strange])

  for (const version of kubernetesVersions) {
    assert.ok(breaches.some((breach) => breach.includes(version) && breach.includes("'portz'")), `${version} let it pass`)
    assert.ok(breaches.some((breach) => breach.includes(version) && breach.includes('could not find schema')), `${version} skipped a kind`)
  }
})
