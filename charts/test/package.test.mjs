import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, parseAllDocuments } from 'yaml'
import { chartSource } from './rendering.mjs'

const root = join(chartSource, '../..')
const skip = process.env.CRANE ? false : 'there is no registry to push to: crane could not be built'
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-package-'))
const run = promisify(execFile)

/** A Helm that never ran on this computer. */
const freshHelm = (name) => ({
  ...process.env,
  HELM_CONFIG_HOME: join(folder, name, 'config'),
  HELM_CACHE_HOME: join(folder, name, 'cache'),
  HELM_DATA_HOME: join(folder, name, 'data'),
})
const helm = (env, ...args) => run(process.env.HELM ?? 'helm', args, { env, cwd: folder, maxBuffer: 1 << 26 })

const digests = { BACKEND_DIGEST: `sha256:${'a'.repeat(64)}`, FRONTEND_DIGEST: `sha256:${'b'.repeat(64)}` }
const given = { ...digests, REGISTRY: 'registry.example/acme', SOURCE_URL: 'https://git.example.org/wheelhouse', WHEELHOUSE_CHARTS_DIR: join(chartSource, '../test/stand-ins'), OUT: join(folder, 'out') }

let registry
let oci
let site

/** A registry for OCI, and a folder that is served as a repository of the other kind. */
before(async () => {
  if (skip) return
  registry = spawn(process.env.CRANE, ['registry', 'serve', '--address', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  oci = await new Promise((resolve, reject) => {
    const read = (data) => {
      const port = /(?:127\.0\.0\.1|\[::\]|localhost):(\d+)|port (\d+)/.exec(data)
      if (port) resolve(`oci://127.0.0.1:${port[1] ?? port[2]}/charts`)
    }
    registry.stdout.on('data', read)
    registry.stderr.on('data', read)
    registry.on('close', (code) => reject(new Error(`the registry ended: ${code}`)))
  })
  const served = join(folder, 'site')
  mkdirSync(served)
  site = createServer((request, response) => {
    try {
      response.end(readFileSync(join(served, request.url)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening))
})

after(() => {
  registry?.kill()
  site?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('sub-charts come on a computer whose Helm knows no repository, and again when a version moves', { skip }, async () => {
  const env = freshHelm('fresh')
  const http = `http://127.0.0.1:${site.address().port}`
  await helm(env, 'package', join(chartSource, '../test/stand-ins/ingress-nginx'), '--destination', join(folder, 'site'))
  await helm(env, 'repo', 'index', join(folder, 'site'), '--url', http)
  const { stdout } = await helm(env, 'package', join(chartSource, '../test/stand-ins/postgresql'), '--destination', folder)
  await helm(env, 'push', stdout.split('saved it to: ')[1].trim(), oci, '--plain-http')
  const chart = join(folder, 'chart')
  cpSync(chartSource, chart, { recursive: true, filter: (path) => path !== join(chartSource, 'charts') })
  const told = readFileSync(join(chart, 'Chart.yaml'), 'utf8').replace('oci://registry-1.docker.io/bitnamicharts', oci).replace('https://kubernetes.github.io/ingress-nginx', http)
  writeFileSync(join(chart, 'Chart.yaml'), told)
  const fetch = () => run(join(root, 'scripts/chart-dependencies'), [chart], { env: { ...freshHelm('bare'), HELM_DEPENDENCY_FLAGS: '--plain-http' } })

  await fetch()
  assert.deepEqual(readdirSync(join(chart, 'charts')).sort(), ['ingress-nginx-4.15.1.tgz', 'postgresql-18.5.5.tgz'])
  assert.equal((await fetch()).stderr, '', 'what is there is not fetched again')
  rmSync(join(chart, 'charts/postgresql-18.5.5.tgz'))
  writeFileSync(join(chart, 'charts/postgresql-17.0.0.tgz'), 'stale')
  await fetch()
  assert.ok(readdirSync(join(chart, 'charts')).includes('postgresql-18.5.5.tgz'))
})

test('a package has its images by digest, where to read more, and what it was made of', { skip }, async () => {
  const { stdout } = await run(join(root, 'scripts/chart-package'), [], { env: { ...freshHelm('packing'), ...given } })
  const archive = stdout.trim()
  const env = freshHelm('user')
  await helm(env, 'push', archive, oci, '--plain-http')
  const { version } = parse(readFileSync(join(chartSource, 'Chart.yaml'), 'utf8'))
  const from = [`${oci}/wheelhouse`, '--version', version, '--plain-http']

  const about = parse((await helm(env, 'show', 'chart', ...from)).stdout)
  assert.equal(about.home, given.SOURCE_URL)
  assert.deepEqual(about.sources, [given.SOURCE_URL])
  assert.ok(about.icon && about.maintainers.length > 0)
  const images = parse(about.annotations['artifacthub.io/images']).map(({ image }) => image)
  assert.ok(images.includes(`registry.example/acme/wheelhouse-backend@${digests.BACKEND_DIGEST}`), images.join(' '))

  const { stdout: rendered } = await helm(env, 'template', 'rel', ...from, '--kube-version', '1.34.0')
  const used = parseAllDocuments(rendered).flatMap((one) => one.toJS()?.spec?.template?.spec.containers ?? []).map(({ image }) => image)
  assert.ok(used.includes(`registry.example/acme/wheelhouse-frontend@${digests.FRONTEND_DIGEST}`), used.join(' '))
})

test('a package is signed where a key is given, and Helm verifies it', { skip: skip || (await without('gpg')) }, async () => {
  const home = join(folder, 'keys')
  mkdirSync(home, { mode: 0o700 })
  const gpg = (...args) => run('gpg', ['--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], { encoding: 'buffer' })
  await gpg('--quick-generate-key', 'Wheelhouse test <test@example.org>', 'rsa2048', 'sign', 'never')
  const [secret, open] = ['secring.gpg', 'pubring.gpg'].map((name) => join(folder, name))
  writeFileSync(secret, (await gpg('--export-secret-keys')).stdout, { mode: 0o600 })
  writeFileSync(open, (await gpg('--export')).stdout)
  const { stdout } = await run(join(root, 'scripts/chart-package'), [], { env: { ...freshHelm('signing'), ...given, VERSION: '9.9.9', KEY: 'Wheelhouse test', KEYRING: secret } })
  const archive = stdout.trim()
  await helm(freshHelm('verifying'), 'verify', archive, '--keyring', open)
  writeFileSync(archive, Buffer.concat([readFileSync(archive), Buffer.from('x')]))
  await assert.rejects(helm(freshHelm('verifying'), 'verify', archive, '--keyring', open))
})

async function without(program) {
  return run('which', [program]).then(() => false, () => `there is no ${program}`)
}

test('a package without what it must say is refused, all at once', async () => {
  const { stderr } = await run(join(root, 'scripts/chart-package'), [], { env: { ...process.env, BACKEND_DIGEST: 'latest', KEY: 'me' } }).then(() => ({ stderr: '' }), (error) => error)
  for (const name of ['REGISTRY', 'SOURCE_URL', 'BACKEND_DIGEST is "latest"', 'FRONTEND_DIGEST', 'KEYRING']) assert.ok(stderr.includes(name), stderr)
})
