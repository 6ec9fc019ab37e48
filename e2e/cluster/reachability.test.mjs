import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { figure } from './figures.mjs'
import { addresses, clear, places, settle } from './places.mjs'
import { images, install, makeNamespace, values } from './platform.mjs'
import { isReady, kubectl, pods, read, until } from './programs.mjs'
import { forgetRelease } from './release.mjs'
import { skip, surroundings } from './surroundings.mjs'

// prod.yaml as it is, but for the size: two small nodes' worth on one.
const small = [
  'backend.resources.requests.cpu=50m,backend.resources.requests.memory=256Mi',
  'backend.autoscaling.maxReplicas=2,backend.profile=dev',
  'postgresql.metrics.enabled=true',
  'postgresql.primary.resources.requests.cpu=50m,postgresql.primary.resources.requests.memory=128Mi,postgresql.primary.persistence.size=2Gi',
]

/** Confined to this release, as the chart demands. */
const webhook = `ingress-nginx.controller.admissionWebhooks=${JSON.stringify({
  enabled: true,
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': surroundings.namespace } },
  objectSelector: { matchLabels: { 'app.kubernetes.io/instance': surroundings.release } },
})}`

/** One node may have to do, and what asks in Postgres's place has Postgres's labels. */
const anywhere = ['primary', 'readReplicas'].flatMap((one) => ['--set-json', `postgresql.${one}.affinity={"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[]}}`])

after(async () => skip || (await clear()))

function written() {
  const page = readFileSync(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../docs/network.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)]
  return Object.fromEntries(rows.map(([, from, to]) => [from, [...to.matchAll(/`([^`]+)`/g)].map(([, place]) => place).sort()]))
}

/** Asks for all targets at once: refused or unanswered is closed, accepted is open. */
async function reached(from, targets) {
  const asks = targets.map(
    ([name, ip, port]) =>
      `(t=$(curl -s -o /dev/null --connect-timeout 3 -m 4 -w '%{time_connect}' http://${ip}:${port}/); [ "$t" = 0.000000 ] || echo ${name}) &`,
  )
  const said = await kubectl('exec', `asks-${from}`, '-n', places[from].namespace, '--', '/bin/sh', '-c', `${asks.join('\n')}\nwait`)
  return said.split('\n').filter(Boolean).sort()
}

const accepts = (host, port) =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 3000 })
    socket.on('connect', () => resolve(true)).on('timeout', () => resolve(false)).on('error', () => resolve(false))
    socket.on('close', () => socket.destroy())
    setTimeout(() => socket.destroy(), 3500)
  })

/** Those whom none of our policies holds reach each other as they like: that is not our table. */
const isTold = (from, to) => !['anyone', 'monitoring'].includes(from) || !/^(dns|api-server|internet|private|metadata|anyone):/.test(to)

test('prod.yaml, made small, comes up where Pod Security restricted is enforced', { skip }, async () => {
  forgetRelease()
  await makeNamespace()
  // The controller's own images may not be here, and its jobs would wait for them: it is there for its policies only.
  await install(...values('prod'), ...images(), '--set', small.join(','), '--set-json', webhook, ...anywhere, '--no-hooks')
  for (const component of ['backend', 'frontend']) {
    await until(`two Pods of ${component}`, 90, async () => {
      const all = await pods(component)
      return all.length === 2 && all.every(isReady)
    })
  }
  await until('budgets that let a Pod go', 20, async () => {
    const budgets = (await read('poddisruptionbudgets')).items.filter(({ metadata }) => /-(back|front)end$/.test(metadata.name))
    return budgets.length === 2 && budgets.every(({ status }) => status.disruptionsAllowed >= 1)
  })
})

test('what Pods reach is what docs/network.md says, every cell of it', { skip }, async () => {
  const ips = await settle()
  const targets = [
    ...Object.entries(places).flatMap(([name, { ports }]) => Object.values(ports).map((port) => [`${name}:${port}`, ips[`asked-${name}`], port])),
    ...(await addresses()),
  ]
  const names = new Set(targets.map(([name]) => name))
  const expected = Object.fromEntries(Object.entries(written()).map(([from, to]) => [from, to.filter((name) => names.has(name))]))
  const found = {}
  for (const from of Object.keys(expected)) {
    found[from] = (await reached(from, targets)).filter((to) => isTold(from, to))
  }

  let sources = Object.keys(expected).length
  if (!(await accepts(ips['asked-anyone'], 8080))) {
    console.log('  LEFT OUT: connections from outside of the cluster; this computer has no route to Pods.')
  } else if (await accepts(ips['asked-closed'], 8080)) {
    console.log('  LEFT OUT: connections from outside of the cluster; for its policies this computer is a node, which reaches a Pod that lets nobody in.')
  } else {
    const inside = targets.filter(([name]) => isTold('anyone', name))
    const open = await Promise.all(inside.map(async ([name, ip, port]) => (await accepts(ip, port)) && name))
    found.outside = open.filter(Boolean).sort()
    expected.outside = expected.anyone
    sources++
  }
  for (const name of ['internet', 'priv', 'metadata'].filter((name) => !surroundings[name])) {
    console.log(`  LEFT OUT: the column of ${name} addresses; none was given.`)
  }
  figure('reachability: cells probed', `${sources * targets.length} (${sources} from × ${targets.length} to)`, 'every cell')
  assert.deepEqual(found, expected)
})
