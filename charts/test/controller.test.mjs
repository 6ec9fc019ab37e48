import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOurs, ofKind, refusal, render, renderAs, set } from './rendering.mjs'
import { ways, webhookOf } from './ways.mjs'

const isOfTheCluster = ({ kind, metadata }) => !metadata.namespace && !/^(IngressClass|HTTPRoute)$/.test(kind) && /^Cluster|Webhook/.test(kind)

test('the bundled controller has no right and no object outside of its namespace', async () => {
  for (const name of ['dev', 'staging', 'prod']) {
    const objects = await render(...ways[name].args)
    assert.deepEqual(objects.filter((one) => isOfTheCluster(one) || one.kind === 'IngressClass').map(({ kind }) => kind), [], name)
    assert.ok(ofKind(objects, 'Role').length > 0, `${name}: there is a controller with rights`)
  }
})

/** What the kubelet makes of $(NAME) in arguments, from fields of the Pod. */
function argumentsOf(objects, namespace) {
  const [{ spec }] = ofKind(objects, 'Deployment').filter(({ metadata }) => /ingress-nginx-controller$/.test(metadata.name))
  const { args, env } = spec.template.spec.containers[0]
  const { labels } = spec.template.metadata
  const valueOf = ({ valueFrom }) => {
    const path = valueFrom?.fieldRef?.fieldPath ?? ''
    return path === 'metadata.namespace' ? namespace : labels[path.match(/labels\['(.*)'\]/)?.[1]]
  }
  return args.map((arg) => arg.replace(/\$\((\w+)\)/g, (whole, name) => valueOf(env.find((one) => one.name === name) ?? {}) ?? whole))
}

test('the bundled controller serves the Ingress of its own release, whatever releases there are', async () => {
  for (const [release, namespace] of [['rel', 'place'], ['a', 'place'], ['demo', 'there']]) {
    const objects = await renderAs(release, namespace)
    const args = argumentsOf(objects, namespace)
    const [ingress] = ofKind(objects, 'Ingress')
    assert.ok(args.includes(`--watch-namespace=${namespace}`), args.join(' '))
    assert.ok(args.includes(`--ingress-class=${release}`), args.join(' '))
    assert.equal(ingress.metadata.annotations['kubernetes.io/ingress.class'], release)
    assert.equal(ingress.spec.ingressClassName, undefined, 'Kubernetes takes the annotation or the field, not both')
  }
})

test('a controller with rights in the whole cluster is found by its class', async () => {
  const wide = set('ingress-nginx.rbac.scope=false', 'ingress-nginx.controller.scope.enabled=false', 'ingress-nginx.controller.ingressClassResource.enabled=true')
  const [ingress] = ofKind(await render(...wide), 'Ingress')
  assert.equal(ingress.spec.ingressClassName, 'nginx')
  assert.equal(ingress.metadata.annotations['kubernetes.io/ingress.class'], undefined)
  const named = set('ingress-nginx.controller.ingressClassResource.name=second')
  assert.match(await refusal(...wide, ...named), /name is "second".*controllerValue to a word of its own, such as k8s\.io\/second/)
  assert.ok(await render(...wide, ...named, ...set('ingress-nginx.controller.ingressClassResource.controllerValue=k8s.io/second')))
})

test('a webhook judges the Ingresses of its release only, or is refused', async () => {
  assert.match(await refusal(...set('ingress-nginx.controller.admissionWebhooks.enabled=true')), /namespaceSelector to .*objectSelector to .*instance: rel/)
  const [{ webhooks }] = ofKind(await render(...webhookOf('rel', 'place')), 'ValidatingWebhookConfiguration')
  assert.deepEqual(webhooks[0].namespaceSelector, { matchLabels: { 'kubernetes.io/metadata.name': 'place' } })
  assert.deepEqual(webhooks[0].objectSelector, { matchLabels: { 'app.kubernetes.io/instance': 'rel' } })
})

test('what our policies would cut off is refused', async () => {
  for (const one of ['controller.hostNetwork=true', 'defaultBackend.enabled=true', 'namespaceOverride=other']) {
    assert.match(await refusal(...set(`ingress-nginx.${one}`)), new RegExp(`ingress-nginx\\.${one.split('=')[0]} is .*would cut it off`))
    assert.ok((await render(...set(`ingress-nginx.${one}`, 'networkPolicy.enabled=false'))).some(isOurs))
  }
})
