// A stand-in for Google Cloud's control-plane APIs, which the real gcloud talks to: it keeps resources in memory, answers every long call
// with an operation that is done already, remembers each request, and fails those that it is told to.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** APIs by the names that gcloud has for their endpoints, with the path that it expects behind the host. */
const endpoints = {
  CONTAINER: 'container', COMPUTE: 'compute/compute/v1', SERVICEUSAGE: 'serviceusage', ARTIFACTREGISTRY: 'artifactregistry',
  CLOUDRESOURCEMANAGER: 'cloudresourcemanager', IAM: 'iam', SQL: 'sqladmin', SECRETMANAGER: 'secretmanager',
}

/** Starts it; `environment` makes gcloud use it and nothing of the user's own. `faults` is a list of { method, path, status }. */
export async function google() {
  const store = new Map()
  const cloud = { requests: [], faults: [], store }
  let operations = 0
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      const [status, body] = answer(request, text ? parse(text) : {})
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })

  function answer({ method, url, headers }, body) {
    const { pathname, searchParams } = new URL(url, 'http://stand-in')
    const key = pathname.slice(1)
    cloud.requests.push({ method, path: key, body })
    const fault = cloud.faults.find((one) => one.method === method && one.path === key)
    if (fault) return problem(fault.status, 'made to fail')
    const self = `http://${headers.host}/${key}`
    switch (method) {
      case 'GET':
        return read(key)
      case 'POST':
        return post(key, body, searchParams, self)
      case 'DELETE': {
        if (!store.has(key)) return problem(404, `Not found: ${key}`)
        for (const one of [...store.keys()]) if (one === key || one.startsWith(`${key}/`)) store.delete(one)
        return [200, operation(key, 'DELETE', self)]
      }
      default: {
        // A change: PUT and PATCH.
        const old = store.get(key) ?? {}
        const change = body.update ?? body
        if (change.desiredResourceLabels) old.resourceLabels = change.desiredResourceLabels
        Object.assign(old, change)
        store.set(key, old)
        return [200, operation(key, 'UPDATE', self)]
      }
    }
  }

  function read(key) {
    if (store.has(key)) return [200, store.get(key)]
    const kind = key.split('/').at(-1)
    if (key.includes('/aggregated/')) {
      const items = {}
      for (const [path, item] of store) {
        const place = path.match(new RegExp(`/((?:zones|regions)/[^/]+|global)/${kind}/[^/]+$`))?.[1]
        if (place) ((items[place] ??= { [kind]: [] })[kind]).push(item)
      }
      return [200, { items }]
    }
    // GKE lists clusters of all places under the place "-".
    const pattern = new RegExp(`^${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('/locations/-', '/(?:zones|locations)/[^/]+')}/[^/]+$`)
    const children = [...store].filter(([path]) => pattern.test(path)).map(([, item]) => item)
    if (children.length > 0) return [200, { [kind]: children, items: children }]
    return kind.endsWith('s') ? [200, {}] : problem(404, `Not found: ${key}`)
  }

  function post(key, body, query, self) {
    const [path, verb] = key.split(/:(?=[^/]*$)/)
    if (verb === 'setResourceLabels' || key.endsWith('/resourceLabels')) {
      const cluster = store.get(path.replace('/resourceLabels', ''))
      cluster.resourceLabels = body.resourceLabels
      return [200, operation(path, 'UPDATE', self)]
    }
    if (key.endsWith('/wait')) return [200, store.get(key.slice(0, -5))]
    if (verb) return [200, operation(path, verb, self)]
    const item = { ...(body.cluster ?? body) }
    const name = [...query].find(([parameter]) => parameter.endsWith('Id'))?.[1] ?? item.name
    if (store.has(`${key}/${name}`)) return problem(409, `Already exists: ${key}/${name}`)
    store.set(`${key}/${name}`, { ...item, ...filledIn(key, name, item), selfLink: `${self}/${name}` })
    return [200, operation(`${key}/${name}`, 'CREATE', self)]
  }

  /** What the service adds and clients read back. */
  function filledIn(key, name, item) {
    if (key.endsWith('/clusters')) {
      const location = key.match(/\/(?:zones|locations)\/([^/]+)/)[1]
      return {
        status: 'RUNNING', endpoint: '127.0.0.1', location, zone: location, masterAuth: { clusterCaCertificate: 'Y2E=' },
        currentMasterVersion: '1.34.1-gke.1', currentNodeVersion: '1.34.1-gke.1', currentNodeCount: 1,
        nodePools: (item.nodePools ?? []).map((pool) => ({ ...pool, status: 'RUNNING' })),
      }
    }
    return key.startsWith('artifactregistry/') ? { name: `${key.replace(/^artifactregistry\/v\d\//, '')}/${name}` } : { name }
  }

  function operation(target, kind, self) {
    const name = `operation-${++operations}`
    const api = target.split('/')[0]
    const host = self.split('/').slice(0, 3).join('/')
    if (api === 'container') {
      const base = target.split('/clusters')[0]
      const location = base.split('/').at(-1)
      return keep(`${base}/operations/${name}`, { name, status: 'DONE', operationType: kind, zone: location, location, targetLink: `${host}/${target}`, selfLink: `${host}/${base}/operations/${name}` })
    }
    if (api === 'compute') {
      const place = target.match(/\/((?:zones|regions)\/[^/]+|global)\//)?.[1] ?? 'global'
      const base = `${target.split(`/${place}/`)[0]}/${place}`
      const of = place === 'global' ? {} : { [place.split('s/')[0]]: `${host}/${base}` }
      return keep(`${base}/operations/${name}`, { name, status: 'DONE', progress: 100, operationType: kind, targetLink: `${host}/${target}`, selfLink: `${host}/${base}/operations/${name}`, ...of })
    }
    const place = target.match(/projects\/[^/]+\/locations\/[^/]+\//)?.[0] ?? ''
    const done = { name: `${place}operations/${name}`, done: true, response: {} }
    for (const version of ['v1', 'v2']) store.set(`${api}/${version}/${done.name}`, done)
    return done
  }

  const keep = (key, item) => {
    store.set(key, item)
    return item
  }

  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  const at = `http://127.0.0.1:${server.address().port}`
  const home = mkdtempSync(join(tmpdir(), 'gcloud-'))
  writeFileSync(join(home, 'token'), 'no-token')
  cloud.environment = {
    ...Object.fromEntries(Object.entries(endpoints).map(([name, path]) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${name}`, `${at}/${path}/`])),
    CLOUDSDK_CONFIG: home, CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: join(home, 'token'), CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: '1', CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: '1', CLOUDSDK_SURVEY_DISABLE_PROMPTS: '1',
    KUBECONFIG: join(home, 'kubeconfig'),
  }
  cloud.close = () => {
    server.close()
    rmSync(home, { recursive: true })
  }
  /** What is there, but for operations. */
  cloud.resources = () => [...store.keys()].filter((key) => !key.includes('/operations/')).sort()
  return cloud
}

const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}

const problem = (code, message) => [code, { error: { code, message, status: { 404: 'NOT_FOUND', 409: 'ALREADY_EXISTS', 403: 'PERMISSION_DENIED', 429: 'RESOURCE_EXHAUSTED' }[code] ?? 'UNKNOWN', errors: [{ message, reason: 'madeToFail' }] } }]
