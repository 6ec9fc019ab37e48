// The whole supply chain on this computer: two registries on loopback, a throw-away key, the real crane, cosign, oras and helm, and the
// scripts that the workflows call: infra/delivery/publish and deploy.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { call } from './programs.mjs'
import { find, root } from './standin.mjs'

const programs = Object.fromEntries(['crane', 'cosign', 'oras'].map((name) => [name, find(name)]))
const missing = Object.keys(programs).filter((name) => !programs[name])
const helm = process.env.HELM ?? find('helm')
const skip = (missing.length > 0 && `${missing.join(', ')} not installed (infra/tool --install ${missing[0]})`) || (!helm && 'HELM is not set to a Helm 4')

describe('the supply chain on loopback', { skip }, () => {
  let work, here, from, to, environment, chart, images
  const registries = []

  before(async () => {
    work = mkdtempSync(join(tmpdir(), 'supply-'))
    mkdirSync(join(work, 'docker'))
    environment = { HOME: work, DOCKER_CONFIG: join(work, 'docker'), COSIGN_PASSWORD: 'throw-away', HELM: helm, COSIGN: programs.cosign, HELM_CONFIG_HOME: join(work, 'helm'), PLAIN_HTTP: 'yes' }
    ;[from, to] = await Promise.all([registry(), registry()])
    for (const name of ['ours', 'other']) {
      mkdirSync(join(work, name))
      execFileSync(programs.cosign, ['generate-key-pair'], { cwd: join(work, name), env: { ...process.env, ...environment }, stdio: 'ignore' })
    }
    here = { ...environment, SIGNING_KEY: join(work, 'ours/cosign.key'), VERIFYING_KEY: join(work, 'ours/cosign.pub') }
    images = { backend: pushed('backend'), frontend: pushed('frontend') }
    mkdirSync(join(work, 'sbom'))
    for (const part of ['backend', 'frontend']) {
      writeFileSync(join(work, 'sbom', `${part}.json`), JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'library', name: part, version: '1' }] }))
    }
  })
  after(() => {
    for (const one of registries) one.kill()
    rmSync(work, { recursive: true })
  })

  async function registry() {
    const port = await freePort()
    registries.push(spawn(programs.crane, ['registry', 'serve', '--address', `127.0.0.1:${port}`], { stdio: 'ignore', env: { ...process.env, ...environment } }))
    for (let tries = 0; ; tries++) {
      if (await fetch(`http://127.0.0.1:${port}/v2/`).then(() => true, () => false)) return `127.0.0.1:${port}/wheelhouse`
      if (tries > 100) throw new Error('The registry does not answer.')
      await pause(100)
    }
  }
  const run = (program, ...args) => call(program, args, here)
  const crane = (...args) => execFileSync(programs.crane, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...environment } }).trim()

  /** An image of one file, for both architectures, as the push answers it. */
  function pushed(part) {
    const layer = join(work, `${part}.tar`)
    mkdirSync(join(work, part))
    writeFileSync(join(work, part, 'name'), part)
    execFileSync('tar', ['-cf', layer, '-C', join(work, part), '.'])
    crane('append', '-f', layer, '-t', `${from}/wheelhouse-${part}:1`)
    return crane('digest', `${from}/wheelhouse-${part}:1`)
  }
  const verify = (image, key = 'ours') => run(programs.cosign, 'verify', '--key', join(work, key, 'cosign.pub'), '--insecure-ignore-tlog=true', image)

  test('images and chart are published, signed, described and verified', async () => {
    // Sub-charts that nobody has to fetch.
    const charts = join(root, 'charts/test/stand-ins')
    const { code, text } = await call(join(root, 'infra/delivery/publish'), [], {
      ...here, REGISTRY: from, VERSION: '1.2.3', BACKEND_DIGEST: images.backend, FRONTEND_DIGEST: images.frontend, SOURCE_URL: 'https://git.example.com/wheelhouse', SBOM: join(work, 'sbom'), OUT: join(work, 'package'),
      WHEELHOUSE_CHARTS_DIR: process.env.WHEELHOUSE_CHARTS_DIR ?? charts,
    })
    assert.equal(code, 0, text)
    chart = text.match(/^chart=oci:\/\/(.*)$/m)[1]
    assert.match(chart, new RegExp(`^${from}/charts/wheelhouse@sha256:[0-9a-f]{64}$`))
  })

  test('the chart names both images by digest', async () => {
    const folder = join(work, 'pulled')
    mkdirSync(folder)
    const { code, text } = await run(helm, 'pull', `oci://${chart}`, '--plain-http', '-d', folder)
    assert.equal(code, 0, text)
    assert.deepEqual(readFileSync(join(folder, readdirSync(folder)[0])), readFileSync(join(work, 'package', readdirSync(join(work, 'package')).find((name) => name.endsWith('.tgz')))))
    const values = execFileSync(helm, ['show', 'values', join(folder, readdirSync(folder)[0])], { encoding: 'utf8' })
    for (const digest of Object.values(images)) assert.ok(values.includes(digest))
  })

  test('the bills of materials are those of the build', async () => {
    for (const part of ['backend', 'frontend']) {
      const { code, out } = await run(programs.cosign, 'verify-attestation', '--key', here.VERIFYING_KEY, '--insecure-ignore-tlog=true', '--type', 'cyclonedx', `${from}/wheelhouse-${part}@${images[part]}`)
      assert.equal(code, 0)
      const statement = JSON.parse(Buffer.from(JSON.parse(out.trim().split('\n').at(-1)).payload, 'base64'))
      assert.equal(statement.predicate.components[0].name, part)
    }
  })

  test('what is not signed, or by another, is refused, and not deployed', async () => {
    crane('append', '-f', join(work, 'backend.tar'), '-t', `${from}/unsigned:1`)
    const unsigned = `${from}/unsigned@${crane('digest', `${from}/unsigned:1`)}`
    assert.notEqual((await verify(unsigned)).code, 0)
    assert.notEqual((await verify(chart, 'other')).code, 0)
    for (const settings of [{ CHART: `oci://${unsigned}` }, { CHART: `oci://${chart}`, VERIFYING_KEY: join(work, 'other/cosign.pub') }]) {
      const { code, text } = await call(join(root, 'infra/delivery/deploy'), [], { ...here, VALUES: 'dev', ...settings })
      assert.notEqual(code, 0)
      assert.match(text, /Nothing was deployed/)
    }
  })

  test('a mirror gets the signatures as well', async () => {
    const mirrored = (one) => one.replace(from, to)
    for (const one of [chart, ...Object.entries(images).map(([part, digest]) => `${from}/wheelhouse-${part}@${digest}`)]) {
      const { code, text } = await run(programs.oras, 'copy', '-r', '--from-plain-http', '--to-plain-http', one, mirrored(one))
      assert.equal(code, 0, text)
      assert.equal((await verify(mirrored(one))).code, 0, one)
    }
  })

  test('an installation from the mirror renders, by digest', async () => {
    const { code, text } = await run(helm, 'template', 'wheelhouse', `oci://${chart.replace(from, to)}`, '--plain-http', '-f', join(root, 'values/dev.yaml'), '--set', `backend.image.registry=${to},frontend.image.registry=${to}`)
    assert.equal(code, 0, text)
    for (const [part, digest] of Object.entries(images)) assert.ok(text.includes(`image: "${to}/wheelhouse-${part}@${digest}"`) || text.includes(`image: ${to}/wheelhouse-${part}@${digest}`), part)
  })
})

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
