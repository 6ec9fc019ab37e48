// docker-compose.yml: its schema, its rules, and what its containers run, run here as processes.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { call } from './programs.mjs'
import { find, root } from './standin.mjs'

const { parse } = createRequire(join(root, 'charts/test/package.json'))('yaml')
const file = join(root, 'docker-compose.yml')
const compose = parse(readFileSync(file, 'utf8'), { merge: true })
const services = Object.entries(compose.services)

describe('docker-compose.yml', () => {
  const judge = find('check-jsonschema')
  test('keeps to the schema of Compose', { skip: !judge && 'check-jsonschema is not installed (infra/tool --install check-jsonschema)' }, async () => {
    const { code, text } = await call(judge, ['--builtin-schema', 'vendor.compose-spec', file], {})
    assert.equal(code, 0, text)
  })
  test('pins every image, and builds ours', () => {
    for (const [name, { image, build }] of services) {
      assert.ok(build || /:[v0-9][\w.-]+$/.test(image), `${name}: ${image}`)
      if (build) assert.ok(existsSync(join(root, build, 'Dockerfile')), name)
    }
  })
  test('is reached from this computer only', () => {
    for (const [name, { ports = [] }] of services) for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name)
    assert.ok(!compose.services.postgres.ports && !compose.services.postgres.networks.includes('outside'))
  })
  test('has no password in it', () => {
    for (const [name, { environment = {} }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        if (/PASSWORD|KEY|SECRET|TOKEN/.test(variable)) assert.match(value, /^(\/keys.*|\$\{\w+:-\})$/, `${name}: ${variable}`)
      }
    }
  })
  test('gives ours no rights and bounds their memory and logs', () => {
    for (const name of ['backend', 'frontend', 'edge']) {
      const { read_only, cap_drop, security_opt, mem_limit, logging } = compose.services[name]
      assert.deepEqual({ read_only, cap_drop, security_opt }, { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] }, name)
      assert.ok(mem_limit && logging.options['max-size'], name)
    }
  })
  test('has keys and monitoring as profiles, and needs neither', () => {
    assert.deepEqual(Object.fromEntries(services.filter(([, { profiles }]) => profiles).map(([name, { profiles }]) => [name, profiles])), { key: ['keys'], prometheus: ['monitoring'] })
  })
  test('names volumes, networks and files that there are', () => {
    for (const [name, { volumes = [], networks = [], depends_on = {} }] of services) {
      for (const volume of volumes) {
        const from = volume.split(':')[0]
        assert.ok(from.startsWith('.') ? existsSync(join(root, from)) : from in compose.volumes, `${name}: ${from}`)
      }
      for (const network of networks) assert.ok(network in compose.networks, `${name}: ${network}`)
      for (const other of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)) assert.ok(other in compose.services, `${name}: ${other}`)
    }
  })
  test('brings to the backend what the chart brings to it', () => {
    const chart = parse(readFileSync(join(root, 'charts/wheelhouse/templates/backend/backend.yaml'), 'utf8').match(/^routes: .*$/m)[0]).routes
    const edge = readFileSync(join(root, 'infra/compose/edge.conf'), 'utf8').match(/location ~ \^\/\(\(([^)]+)\)\(\/\|\$\)\|openapi/)[1].split('|')
    assert.deepEqual([...edge.map((word) => `/${word}`), '/openapi.json'].sort(), chart.sort())
  })
})

const distribution = join(root, 'backend/target/wheelhouse')
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync)
const built = existsSync(join(distribution, 'bin/wheelhouse')) && readdirSync(join(distribution, 'lib')).length > 0
describe('what the containers run', { skip: (!built && 'the backend is not built (make build)') || (!nginx && 'nginx is not installed') }, () => {
  let work, keys
  const children = []
  before(() => {
    work = mkdtempSync(join(tmpdir(), 'compose-'))
    keys = join(work, 'keys')
    execFileSync('mkdir', [keys])
  })
  after(async () => {
    for (const child of children.reverse()) {
      child.kill()
      await new Promise((ended) => (child.exitCode === null && child.signalCode === null ? child.once('exit', ended) : ended()))
    }
    await call(join(root, 'scripts/postgres'), ['stop', join(work, 'postgres')], {})
    rmSync(work, { recursive: true })
  })
  /** The command of a service, with the folders of the container in their places here. */
  const start = (service, more, replaced = {}) => {
    const { entrypoint = [], command = [], environment = {} } = compose.services[service]
    const [program, ...args] = [...entrypoint, ...command].map((word) => replaced[word] ?? word.replace('/compose/', `${root}/infra/compose/`))
    const fixed = Object.fromEntries(Object.entries(environment).filter(([, value]) => !value.includes('${')))
    // A file: nginx opens /dev/stderr anew, which it cannot where that is a socket.
    const log = join(work, `${service}-${children.length}.log`)
    const out = openSync(log, 'a')
    const child = spawn(program, args, { env: { ...process.env, ...fixed, KEYS: keys, APP: distribution, ...more }, stdio: ['ignore', out, out] })
    closeSync(out)
    child.said = () => readFileSync(log, 'utf8')
    children.push(child)
    return child
  }
  const ended = (child) => new Promise((resolve) => child.once('close', resolve))

  test('keys are drawn once and kept', async () => {
    assert.equal(await ended(start('keys')), 0)
    const drawn = () => readdirSync(keys).sort().map((name) => [name, readFileSync(join(keys, name), 'utf8')])
    const first = drawn()
    assert.deepEqual(first.map(([name]) => name), ['bootstrap-key', 'database-password', 'master-key'])
    assert.match(first[0][1], /^wh_default_[A-Za-z0-9]{40}$/)
    assert.match(first[1][1], /^[A-Za-z0-9]{32}$/)
    assert.equal(Buffer.from(first[2][1], 'base64').length, 32)
    assert.equal(await ended(start('keys')), 0)
    assert.deepEqual(drawn(), first)
    assert.equal(statSync(join(keys, 'master-key')).mode & 0o222, 0)
  })

  test('a wrong AUTH is refused by name', async () => {
    const child = start('backend', { AUTH: 'maybe' })
    assert.notEqual(await ended(child), 0)
    assert.match(child.said(), /AUTH is "maybe": use none or keys/)
  })

  test('backend and edge answer together', async () => {
    const postgres = join(work, 'postgres')
    const made = await call(join(root, 'scripts/postgres'), ['start', postgres, 'wheelhouse'], { POSTGRES_UNSAFE: 'yes' })
    assert.equal(made.code, 0, made.text)
    const { out: url } = await call(join(root, 'scripts/postgres'), ['url', postgres, 'wheelhouse'], {})
    const [port, edgePort] = [await freePort(), await freePort()]
    const backend = start('backend', { AUTH: 'keys', PORT: String(port), HOST: '127.0.0.1', DATABASE_URL: url.trim(), JAVA_HOME: process.env.JAVA_HOME ?? execFileSync(join(root, 'scripts/find-java'), { encoding: 'utf8' }).trim() })
    await answers(`http://127.0.0.1:${port}/ready`, backend)
    // Names of containers, and the resolver that knows them, are Docker's.
    const conf = readFileSync(join(root, 'infra/compose/edge.conf'), 'utf8')
      .replace('listen 8080', `listen 127.0.0.1:${edgePort}`).replace('backend:8080', `127.0.0.1:${port}`).replace('frontend:8080', `127.0.0.1:${port}`)
      .replaceAll('/tmp/edge', join(work, 'edge'))
    writeFileSync(join(work, 'edge.conf'), conf)
    const edge = start('edge', {}, { nginx, '/compose/edge.conf': join(work, 'edge.conf') })
    await answers(`http://127.0.0.1:${edgePort}/ready`, edge)
    assert.equal((await fetch(`http://127.0.0.1:${edgePort}/api/v1/agents`)).status, 401)
    const headers = { Authorization: `Bearer ${readFileSync(join(keys, 'bootstrap-key'), 'utf8')}` }
    assert.equal((await fetch(`http://127.0.0.1:${edgePort}/api/v1/agents`, { headers })).status, 200)
  })

  async function answers(url, child) {
    for (let tries = 0; ; tries++) {
      const status = await fetch(url).then((r) => r.status, () => 0)
      if (status === 200) return
      if (tries > 600 || child.exitCode !== null) assert.fail(`${url} answers ${status}:\n${child.said().slice(-2000)}`)
      await pause(100)
    }
  }
})

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
