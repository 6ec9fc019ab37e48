// The workflows: their rules, read from the files; and every one of them run on this computer for each event that it names, with the
// actions of others and the scripts of ours replaced by stand-ins that write down what they were asked.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { call } from './programs.mjs'
import { find, root } from './standin.mjs'

const { parse } = createRequire(join(root, 'charts/test/package.json'))('yaml')
const folder = join(root, '.github/workflows')
const names = readdirSync(folder).filter((name) => name.endsWith('.yml'))
const workflows = Object.fromEntries(names.map((name) => [name.replace('.yml', ''), parse(readFileSync(join(folder, name), 'utf8'))]))
const jobs = Object.entries(workflows).flatMap(([workflow, { jobs }]) => Object.entries(jobs).map(([name, job]) => ({ workflow, name, job })))
const steps = jobs.flatMap(({ workflow, name, job }) => (job.steps ?? []).map((step) => ({ where: `${workflow}/${name}`, job, step })))

describe('rules of workflows', () => {
  test('every action of others is pinned by its commit, with the version beside it', (t) => {
    const pins = new Set()
    for (const name of names) {
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => /^\s*(- )?uses: /.test(line))) {
        const pin = line.match(/uses: (?:(\.\/\.github\/workflows\/[a-z-]+\.yml)|([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+))$/)
        assert.ok(pin, `${name}: ${line.trim()}`)
        if (pin[2]) pins.add(`${pin[2]} ${pin[4]} ${pin[3]}`)
      }
    }
    const versions = [...pins].map((pin) => pin.split(' ')[0])
    assert.equal(new Set(versions).size, versions.length, `one action has two pins: ${[...pins].sort().join('\n')}`)
    t.diagnostic(`counted: ${pins.size} actions, each pinned`)
  })

  test('nothing is allowed but what a job names', () => {
    for (const [name, { permissions }] of Object.entries(workflows)) assert.deepEqual(permissions, {}, name)
    for (const { workflow, name, job } of jobs) assert.ok(job.permissions, `${workflow}/${name} names no permissions`)
  })

  test('every job ends by itself, and every checkout forgets its credentials', () => {
    for (const { workflow, name, job } of jobs) assert.ok(job.uses || job['timeout-minutes'] <= 60, `${workflow}/${name}`)
    for (const { where, step } of steps) {
      if (step.uses?.startsWith('actions/checkout@')) assert.equal(step.with?.['persist-credentials'], false, where)
    }
  })

  test('every command is one script of ours or one goal of make, with no expression in it', () => {
    for (const { where, step } of steps.filter(({ step }) => step.run)) {
      assert.match(step.run, /^(make [a-z]+( [A-Z_]+=\w+)?|(scripts|infra)\/[\w/-]+( [a-z]+)*)$/, `${where}: ${step.run}`)
      const script = step.run.split(' ')[0]
      if (script !== 'make') assert.ok(existsSync(join(root, script)), `${where}: there is no ${script}`)
    }
  })

  test('clouds are entered without a stored key, and only from an environment', () => {
    for (const { where, job, step } of steps) {
      for (const value of Object.values({ ...step.with, ...step.env })) {
        const secret = String(value).match(/secrets\.(\w+)/)?.[1]
        assert.ok(!secret || secret === 'GITHUB_TOKEN', `${where} reads the secret ${secret}`)
      }
      if (step.uses?.startsWith('google-github-actions/auth@')) {
        assert.ok(job.environment, where)
        assert.equal(job.permissions['id-token'], 'write', where)
        assert.ok(step.with.workload_identity_provider && !step.with.credentials_json, where)
      }
    }
  })

  test('whatever changes something has turns: one at a time, and none is cut off', () => {
    for (const name of ['release', 'staging', 'production', 'preview', 'nightly-destroy', 'infra-plan']) {
      assert.equal(workflows[name].concurrency['cancel-in-progress'], false, name)
    }
  })

  for (const [tool, args] of Object.entries({ actionlint: [], zizmor: ['--offline', '--persona', 'pedantic', '--config', '.github/zizmor.yml', '.github'] })) {
    const path = find(tool)
    test(`${tool} finds nothing`, { skip: !path && `${tool} is not installed (infra/tool --install ${tool})` }, async () => {
      const { code, text } = await call('sh', ['-c', `cd '${root}' && exec '${path}' ${args.map((a) => `'${a}'`).join(' ')}`], {})
      assert.equal(code, 0, text)
    })
  }
})

const act = find('act')
describe('workflows as they run', { skip: !act && 'act is not installed (infra/tool --install act)' }, () => {
  let work, log, flags
  const sha = 'a'.repeat(40)
  const digest = `sha256:${'1'.repeat(64)}`

  before(() => {
    work = mkdtempSync(join(tmpdir(), 'act-'))
    const home = join(work, 'home')
    const repository = join(work, 'repository')
    log = join(work, 'log')
    mkdirSync(join(home, '.config/act'), { recursive: true })
    writeFileSync(join(home, '.config/act/actrc'), '-P ubuntu-24.04=-self-hosted\n')
    cpSync(join(root, '.github'), join(repository, '.github'), { recursive: true })
    stubs(repository)
    const git = (...args) => execFileSync('git', ['-c', 'user.email=a@example.com', '-c', 'user.name=a', '-c', 'init.defaultBranch=main', ...args], { cwd: repository })
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'x')
    git('remote', 'add', 'origin', 'git@github.com:acme/wheelhouse.git')
    flags = ['--env', `STUB_LOG=${log}`, '-s', 'GITHUB_TOKEN=none', '--no-cache-server']
    for (const [name, value] of Object.entries({ WORKLOAD_IDENTITY_PROVIDER: 'pool', SERVICE_ACCOUNT: 'ci@demo', CLUSTER: 'demo', LOCATION: 'here', VALUES: 'prod', PROJECT: 'demo-project', DOMAIN: 'preview.example.com', HOST: 'demo.example.com' })) {
      flags.push('--var', `${name}=${value}`)
    }
    const used = new Set(names.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/[\w./-]+@[0-9a-f]{40}/g) ?? []))
    for (const action of used) flags.push('--local-repository', `${action}=${join(repository, '.stubs', action.startsWith('docker/build-push-action@') ? 'build' : 'any')}`)
  })
  after(() => rmSync(work, { recursive: true }))

  /** Actions of others say that they were called; scripts of ours say with which settings, and answer what later steps need. */
  function stubs(repository) {
    const stub = (name, text) => {
      mkdirSync(join(repository, '.stubs', name), { recursive: true })
      writeFileSync(join(repository, '.stubs', name, 'action.yml'), text)
    }
    stub('any', 'name: stub\nruns:\n  using: composite\n  steps:\n    - {shell: bash, run: \'echo "$GITHUB_ACTION_REPOSITORY" >>"$STUB_LOG"\'}\n')
    stub('build', `name: stub
inputs: {context: {}, platforms: {}, push: {}, tags: {}, sbom: {}, provenance: {}}
outputs: {digest: {value: "\${{ steps.d.outputs.digest }}"}}
runs:
  using: composite
  steps:
    - id: d
      shell: bash
      run: |
        echo "build \${{ inputs.tags }} for \${{ inputs.platforms }} push=\${{ inputs.push }} sbom=\${{ inputs.sbom }}" >>"$STUB_LOG"
        echo "digest=${digest}" >>"$GITHUB_OUTPUT"
`)
    const scripts = new Set(steps.filter(({ step }) => step.run).map(({ step }) => step.run.split(' ')[0]))
    for (const script of scripts) {
      if (script === 'make') continue
      const settings = [...new Set(steps.filter(({ step }) => step.run?.startsWith(script)).flatMap(({ step }) => Object.keys(step.env ?? {})))]
      const path = join(repository, script)
      mkdirSync(dirname(path), { recursive: true })
      const answers = { 'infra/delivery/version': 'version=1.2.3', 'infra/delivery/publish': `chart=oci://ghcr.io/acme/wheelhouse/charts/wheelhouse@${digest}` }[script]
      writeFileSync(path, `#!/usr/bin/env bash\necho "${script.split('/').at(-1)}${steps.some(({ step }) => step.run?.startsWith(`${script} `)) ? ' $*' : ''}${settings.filter((s) => !/TOKEN|COMMENT|TEXT/.test(s)).map((s) => ` ${s}=$${s}`).join('')}" >>"$STUB_LOG"\n${answers ? `echo "${answers}" >>"$GITHUB_OUTPUT"` : ''}\n`)
      chmodSync(path, 0o755)
    }
  }

  /** Runs one workflow for one event; answers with what was called, in order. */
  async function run(workflow, event, payload, more = []) {
    writeFileSync(log, '')
    const file = join(work, 'event.json')
    writeFileSync(file, JSON.stringify({ repository: { full_name: 'acme/wheelhouse' }, ...payload }))
    const repository = join(work, 'repository')
    const { code, text } = await call('sh', ['-c', `cd '${repository}' && exec '${act}' "$@"`, 'sh', event, '-e', file, '-W', `.github/workflows/${workflow}.yml`, ...flags, ...more], { HOME: join(work, 'home') })
    assert.equal(code, 0, text)
    return readFileSync(log, 'utf8').trim().split('\n').filter((line) => line && !line.startsWith('actions/'))
  }
  /** The scripts that were called, without their settings. */
  const called = (lines) => lines.filter((line) => !line.includes('/') || / /.test(line)).map((line) => line.split(' ')[0])
  const pull = (action, head = 'acme/wheelhouse') => ({ action, number: 7, pull_request: { number: 7, head: { repo: { full_name: head }, ref: 'change', sha }, base: { ref: 'main' } } })

  test('a push to develop publishes and goes to staging', async () => {
    const lines = await run('staging', 'push', { ref: 'refs/heads/develop' })
    assert.deepEqual(called(lines).filter((name) => ['version', 'build', 'publish', 'deploy'].includes(name)), ['version', 'build', 'build', 'publish', 'deploy'])
    assert.match(lines.find((line) => line.startsWith('publish')), new RegExp(`BACKEND_DIGEST=${digest} FRONTEND_DIGEST=${digest}`))
    assert.match(lines.at(-1), /^deploy .*CHART=oci:\/\/.*@sha256:1+ STRATEGY=rolling/)
  })

  test('images are built for both architectures, pushed, and have their bills of materials', async () => {
    const lines = await run('staging', 'push', { ref: 'refs/heads/develop' })
    for (const part of ['backend', 'frontend']) {
      assert.ok(lines.some((line) => line === `build ghcr.io/acme/wheelhouse/wheelhouse-${part}:1.2.3 for linux/amd64,linux/arm64 push=true sbom=true`), part)
    }
    assert.equal(lines.filter((line) => line === 'actions/attest-build-provenance' || line === 'anchore/sbom-action').length >= 2, true)
  })

  test('a push to another branch goes nowhere', async () => {
    for (const workflow of ['staging', 'production']) assert.deepEqual(await run(workflow, 'push', { ref: 'refs/heads/other' }), [], workflow)
  })

  test('a push to main goes to production by canary', async () => {
    const lines = await run('production', 'push', { ref: 'refs/heads/main' })
    assert.match(lines.at(-1), /^deploy .*STRATEGY=canary/)
  })

  test('a tag is published, and deploys nothing', async () => {
    const lines = await run('release', 'push', { ref: 'refs/tags/v1.2.3' })
    assert.match(lines.find((line) => line.startsWith('version')), /REF=refs\/tags\/v1\.2\.3/)
    assert.ok(lines.some((line) => line.startsWith('publish ')) && !lines.some((line) => line.startsWith('deploy ')))
  })

  test('a pull request gets a preview and a comment, and loses them when it is closed', async () => {
    for (const action of ['opened', 'synchronize', 'reopened']) {
      const lines = await run('preview', 'pull_request', pull(action))
      assert.deepEqual(called(lines).filter((name) => ['preview', 'comment', 'publish'].includes(name)), ['publish', 'preview', 'comment'], action)
      assert.match(lines.find((line) => line.startsWith('preview')), /^preview up NUMBER=7 CHART=oci:.* DOMAIN=preview\.example\.com/)
    }
    const closed = await run('preview', 'pull_request', pull('closed'))
    assert.deepEqual(closed.filter((line) => line.startsWith('preview')), ['preview down NUMBER=7 CHART= DOMAIN='])
  })

  test('a pull request of a fork gets none', async () => {
    for (const action of ['opened', 'closed']) assert.deepEqual(await run('preview', 'pull_request', pull(action, 'stranger/wheelhouse')), [], action)
    assert.deepEqual(await run('infra-plan', 'pull_request', pull('opened', 'stranger/wheelhouse')), [])
  })

  test('previews are swept by the clock', async () => {
    const lines = await run('preview', 'schedule', { schedule: '30 4 * * *' })
    assert.deepEqual(called(lines).filter((name) => name === 'preview'), ['preview'])
    assert.match(lines.at(-1), /^preview sweep/)
  })

  test('learning clusters go in the evening, but for those that are kept', async () => {
    const evening = await run('nightly-destroy', 'schedule', { schedule: '0 19 * * 1-5' })
    assert.match(evening.at(-2), /^sweep PROJECT=demo-project KEEP= BACKUP=target\/dumps$/)
    assert.match(evening.at(-1), /^keep-dumps PROJECT=demo-project/)
    const kept = await run('nightly-destroy', 'workflow_dispatch', { inputs: { keep: 'mine' } }, ['--input', 'keep=mine'])
    assert.match(kept.at(-2), /KEEP=mine/)
  })

  test('a change of the infrastructure is planned for every environment, and applied by hand', async () => {
    const lines = await run('infra-plan', 'pull_request', pull('opened'))
    const plans = lines.filter((line) => line.startsWith('plan '))
    assert.deepEqual(plans.map((line) => line.match(/ENVIRONMENT=(\w+)/)[1]).sort(), ['dev', 'prod', 'staging'])
    assert.ok(plans.every((line) => !line.includes('APPLY=yes')))
    const byHand = await run('infra-plan', 'workflow_dispatch', { ref: 'refs/heads/main', inputs: { environment: 'dev', stage: 'cluster' } }, ['--input', 'environment=dev', '--input', 'stage=cluster'])
    assert.match(byHand.at(-1), /^plan ENVIRONMENT=dev STAGE=cluster PROJECT=demo-project SETTINGS= APPLY=yes$/)
  })

  test('the chart is tried on kind', async () => {
    const lines = await run('kind', 'push', { ref: 'refs/heads/main' })
    assert.deepEqual(lines.slice(-2), ['helm/kind-action', 'kind'])
  })
})
