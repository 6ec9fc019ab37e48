// The scripts that workflows call, each with the settings that it refuses and the calls that it makes. Helm, cosign, kubectl and the others
// are stand-ins that write down how they were called.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { call, programs } from './programs.mjs'
import { root } from './standin.mjs'

const digest = (digit) => `sha256:${String(digit).repeat(64)}`
const CHART = `oci://registry.example.com/charts/wheelhouse@${digest(1)}`

let work, stubs
before(() => (work = mkdtempSync(join(tmpdir(), 'delivery-'))))
after(() => rmSync(work, { recursive: true }))
afterEach(() => {
  stubs?.remove()
  stubs = undefined
})
/** Each program succeeds but where $FAIL is part of how it was called. */
const stand = (answers) => (stubs = programs(Object.fromEntries(Object.entries(answers).map(([name, body]) => [name, `[ -z "\${FAIL:-}" ] || [[ "${name} $*" != *"$FAIL"* ]] || exit 1\n${body}`]))))
const script = (name, settings, args = []) => call(join(root, 'infra/delivery', name), args, { ...stubs?.environment, ...settings })
const refuses = async (name, settings, ...patterns) => {
  const { code, text } = await script(name, settings)
  assert.notEqual(code, 0, `${name} went on`)
  for (const pattern of patterns) assert.match(text, pattern)
}

describe('all-green', () => {
  test('is green when all are, and red when one is not or nobody says', async () => {
    assert.equal((await script('all-green', { RESULTS: 'success success' })).code, 0)
    await refuses('all-green', { RESULTS: 'success skipped' }, /ended with "skipped"/)
    await refuses('all-green', { RESULTS: '' }, /RESULTS is empty/)
  })
})

describe('version', () => {
  const chart = readFileSync(join(root, 'charts/wheelhouse/Chart.yaml'), 'utf8').match(/^version: *(\S+)/m)[1].split('-')[0]
  test('of a tag is its own, of a branch the chart and the commit', async () => {
    const output = join(work, 'output')
    assert.equal((await script('version', { REF: `refs/tags/v${chart}`, GITHUB_OUTPUT: output })).code, 0)
    assert.equal(readFileSync(output, 'utf8'), `version=${chart}\n`)
    assert.match((await script('version', { REF: 'refs/heads/main', SHA: 'a'.repeat(40) })).text, new RegExp(`^version=${chart}-ga{12}$`, 'm'))
  })
  test('refuses a tag that is none, or that the chart does not know', async () => {
    await refuses('version', { REF: 'refs/tags/vnext' }, /The tag "vnext" is no version/)
    await refuses('version', { REF: 'refs/tags/v99.0.0' }, /The tag says 99\.0\.0, .* says/)
    await refuses('version', { REF: 'main' }, /REF is "main"/)
    await refuses('version', { REF: 'refs/heads/main', SHA: 'HEAD' }, /SHA is "HEAD"/)
  })
})

describe('deploy', () => {
  const settings = { CHART, VALUES: 'prod gke', IDENTITY: 'https://example.com/publish', HOST: 'w.example.com' }
  beforeEach(() => stand({ cosign: '', helm: '[ "$1" != history ] || echo \'[{"revision":4,"status":"deployed"}]\'', kubectl: '' }))

  test('looks at the signature, upgrades by digest and runs helm test', async () => {
    const { code, text } = await script('deploy', settings)
    assert.equal(code, 0, text)
    const calls = stubs.calls()
    assert.match(calls[0], /^cosign verify --certificate-identity https:\/\/example\.com\/publish .* registry\.example\.com\/charts\/wheelhouse@sha256:1+$/)
    assert.match(calls.find((line) => line.startsWith('helm upgrade')), /--install wheelhouse oci:.*prod\.yaml.*gke\.yaml.*ingress\.hosts=\{w\.example\.com\}/)
    assert.match(calls.at(-1), /^helm test wheelhouse/)
  })
  test('touches nothing when the signature is not ours', async () => {
    await refuses('deploy', { ...settings, FAIL: 'cosign verify' }, /Nothing was deployed/)
    assert.equal(stubs.calls().length, 1)
  })
  for (const broken of ['helm upgrade', 'helm test']) {
    test(`goes back to the revision before when ${broken} fails`, async () => {
      await refuses('deploy', { ...settings, FAIL: broken }, /Revision 4 serves again/)
      assert.match(stubs.calls().at(-1), /^helm rollback wheelhouse 4 /)
    })
  }
  test('rolls the first version out where a canary would have nothing to share with', async () => {
    stubs.remove()
    stand({ cosign: '', helm: '', kubectl: '' })
    const { code, text } = await script('deploy', { ...settings, STRATEGY: 'canary' })
    assert.equal(code, 0, text)
    assert.match(text, /Nothing serves yet/)
    assert.match(stubs.calls().at(-1), /^helm test wheelhouse/)
  })
  test('names every wrong setting at once', async () => {
    await refuses('deploy', { CHART: 'wheelhouse:latest', VALUES: 'prod mine', STRATEGY: 'brave' }, /CHART is/, /STRATEGY is "brave"/, /VALUES names "mine"/, /whose signature is ours/)
    assert.deepEqual(stubs.calls(), [])
  })
})

describe('canary', () => {
  const settings = { CHART, SOAK: '0', LOOK: '0', TRACK: 'track', GATE: 'gate' }
  const tracks = () => stubs.calls().filter((line) => line.startsWith('track'))
  beforeEach(() => stand({ track: '', gate: '' }))

  test('goes step by step, with a look at each', async () => {
    const { code, text } = await script('canary', settings)
    assert.equal(code, 0, text)
    assert.deepEqual(stubs.calls().map((line) => line.trim()), ['track start 5', 'gate', 'track look', 'track start 25', 'gate', 'track look', 'track promote'])
  })
  test('goes back by itself when a look is bad', async () => {
    await refuses('canary', { ...settings, FAIL: 'gate' }, /At 5 % the new version is not well/, /gets nothing any more/)
    assert.deepEqual(tracks(), ['track start 5', 'track abort'])
  })
  test('goes back by itself when what moves the traffic finds the new version ill', async () => {
    await refuses('canary', { ...settings, FAIL: 'track look' }, /At 5 % the new version is not well/, /gets nothing any more/)
    assert.equal(tracks().at(-1), 'track abort')
  })
  test('goes back when a step or the promotion fails, and says when that fails too', async () => {
    await refuses('canary', { ...settings, FAIL: 'track start 25' }, /did not become ready/)
    assert.equal(tracks().at(-1), 'track abort')
    await refuses('canary', { ...settings, FAIL: 'track promote' }, /The promotion failed/)
    await refuses('canary', { ...settings, FAIL: 'track' }, /The way back failed too: run "track abort" by hand, now/)
  })
  test('refuses steps that do not rise to 100, and no way to move traffic', async () => {
    for (const STEPS of ['5 25', '25 5 100', '5 50 50 100', 'all', '0 100', '5 200 100']) await refuses('canary', { ...settings, STEPS }, /STEPS is/)
    await refuses('canary', { ...settings, TRACK: 'nothing-there' }, /TRACK is "nothing-there"/)
  })
})

describe('what moves the traffic', () => {
  const image = (component, digit) => `registry.example.com:5000/acme/wheelhouse-${component}@${digest(digit)}`
  const track = (settings, ...args) => call(join(root, 'scripts/canary'), args, { ...stubs.environment, WATCH: '0', SETTLE: '0', ...settings })
  const upgrades = () => stubs.calls().filter((line) => line.startsWith('helm upgrade'))
  /** A release of revision 4 with a canary, if any, that is ready or not. */
  const released = ({ words = 'Upgrade complete', ready = '2 2 1 1 1', restarts = '0' } = {}) =>
    stand({
      helm: `case $1 in
        history) echo '[{"revision":4,"status":"deployed","description":"${words}"}]' ;;
        template) printf -- '- name: sidecar\\n  image: other:1\\n- name: backend\\n  image: "%s"\\n' '${image('backend', 9)}' ;;
        get) echo '{}' ;;
      esac`,
      kubectl: `case $* in
        *'"stable"'*'"backend"'*) printf %s '${image('backend', 1)}' ;;
        *'"stable"'*'"frontend"'*) printf %s registry.example.com:5000/acme/wheelhouse-frontend:0.1.0 ;;
        *observedGeneration*) printf %s '${ready}' ;;
        *restartCount*) printf %s '${restarts} ' ;;
        *'"canary"'*metadata.name*) printf %s wheelhouse-backend-canary ;;
      esac`,
    })

  test('a chart by digest changes the image of the canary only, which gets its share when it is ready', async () => {
    released()
    const { code, text } = await track({ CHART, FLAGS: '-f prod.yaml' }, 'start', '5')
    assert.equal(code, 0, text)
    const [first, second] = upgrades()
    assert.ok(first.includes(`--description Canary beside revision 4 -f prod.yaml`), first)
    for (const said of [
      `backend.image.registry=,backend.image.repository=registry.example.com:5000/acme/wheelhouse-backend,backend.image.tag=,backend.image.digest=${digest(1)}`,
      'frontend.image.registry=,frontend.image.repository=registry.example.com:5000/acme/wheelhouse-frontend,frontend.image.tag=0.1.0,frontend.image.digest=',
      `backend.canary.image.repository=registry.example.com:5000/acme/wheelhouse-backend,backend.canary.image.tag=,backend.canary.image.digest=${digest(9)}`,
      'backend.canary.enabled=true,backend.canary.weight=0',
    ]) assert.ok(first.includes(said), `${said} is not in ${first}`)
    assert.match(second, /backend\.canary\.weight=5 /)
  })
  test('what restarts or never becomes ready gets nothing, and the revision before comes back', async () => {
    for (const [how, why] of [[{ ready: '2 2 1 1', restarts: '2' }, /restarted 2 times/], [{ ready: '2 1 1 1 1' }, /no replica of it is ready after 0 s/]]) {
      released({ words: 'Canary beside revision 3', ...how })
      const { code, text } = await track({ TAG: '9.9', CHART, READY_WITHIN: '0' }, 'start', '5')
      assert.equal(code, 1)
      assert.match(text, why)
      assert.doesNotMatch(upgrades().join(), /weight=5/)
      assert.match(stubs.calls().at(-1), /^helm rollback wheelhouse 3 /)
      stubs.remove()
    }
    released()
  })
  test('says what it needs, and refuses a share that is none', async () => {
    released()
    assert.match((await track({}, 'start')).text, /Say which version to try/)
    assert.match((await track({ TAG: '9.9' }, 'start', '101')).text, /"101" is no share/)
    assert.match((await track({}, 'stop')).text, /does not know "stop"/)
  })
})

describe('gate', () => {
  const pods = (lines) => stand({ kubectl: `printf '%s' '${lines}'`, curl: `echo '{"data":{"result":[{"value":[1,"'"$SHARE"'"]}]}}'` })
  const measured = { PROMETHEUS: 'http://127.0.0.1:9', FAILED_QUERY: 'share' }
  test('lets pass what is ready and fails few runs', async () => {
    pods('a true 0\nb true 0\n')
    assert.equal((await script('gate', {})).code, 0)
    for (const SHARE of ['0.01', 'NaN', '']) assert.equal((await script('gate', { ...measured, SHARE })).code, 0, SHARE)
  })
  test('stops what is not ready, was restarted, is not there, or fails too many runs', async () => {
    pods('a true 0\nb false 0\n')
    await refuses('gate', {}, /b is not ready/)
    stubs.remove()
    pods('a true 3\n')
    await refuses('gate', {}, /a was restarted 3 times/)
    stubs.remove()
    pods('')
    await refuses('gate', {}, /There is no Pod of the new version/)
    stubs.remove()
    pods('a true 0\n')
    await refuses('gate', { ...measured, SHARE: '0.3' }, /0\.3 of its runs failed/)
    await refuses('gate', { ...measured, FAIL: 'curl' }, /Prometheus .* does not answer/)
    await refuses('gate', { FAIL: 'kubectl' }, /does not say how the new version is/)
  })
})

describe('bluegreen', () => {
  const serving = (colour) => stand({ helm: '', kubectl: `[[ "$*" != *"get ingresses"*"wheelhouse-${colour}"* ]] || echo ingress/one` })
  for (const [old, next] of [['blue', 'green'], ['green', 'blue']]) {
    test(`brings ${next} up, tries it, and takes the Ingress from ${old} last`, async () => {
      serving(old)
      const { code, text } = await script('bluegreen', { CHART })
      assert.equal(code, 0, text)
      const done = stubs.calls().filter((line) => !line.includes('get ingresses'))
      assert.match(done[0], new RegExp(`^helm upgrade --install wheelhouse-${next} .*ingress\\.enabled=false`))
      assert.match(done[1], new RegExp(`^helm test wheelhouse-${next}`))
      assert.match(done[2], new RegExp(`^helm upgrade wheelhouse-${next} `))
      assert.match(done[3], new RegExp(`^kubectl .*delete ingresses .*wheelhouse-${old}$`))
    })
  }
  test('leaves the old one serving when the new one fails', async () => {
    serving('blue')
    for (const FAIL of ['helm upgrade --install', 'helm test']) {
      stubs.forget()
      await refuses('bluegreen', { CHART, FAIL }, /blue serves as before/)
      assert.ok(!stubs.calls().some((line) => line.includes('delete')))
    }
  })
})

describe('preview', () => {
  const settings = { NUMBER: '7', CHART, DOMAIN: 'preview.example.com' }
  test('is up in a namespace of its own, and tells where', async () => {
    stand({ helm: '', kubectl: 'case "$*" in *"apply -f -"*) cat >>"$STATE/applied" ;; esac' })
    const comment = join(work, 'comment.md')
    const { code, text } = await script('preview', { ...settings, COMMENT: comment }, ['up'])
    assert.equal(code, 0, text)
    assert.match(stubs.calls().find((line) => line.startsWith('helm')), /-n preview-7 .*dev\.yaml .*preview\.yaml .*hosts=\{pr-7\.preview\.example\.com\}/)
    assert.match(readFileSync(comment, 'utf8'), /^<!-- preview -->\n[^]*https:\/\/pr-7\.preview\.example\.com/)
    assert.equal(JSON.parse(readFileSync(join(stubs.folder, 'applied'), 'utf8')).spec.hard['services.loadbalancers'], '0')
  })
  test('goes when it is told, and by the clock', async () => {
    const now = Math.floor(Date.now() / 1000)
    stand({ kubectl: `[[ "$*" != *"get namespaces"* ]] || printf 'preview-1 %s\\npreview-2 %s\\npreview-3 \\n' ${now} ${now - 80 * 3600}` })
    assert.equal((await script('preview', { NUMBER: '7' }, ['down'])).code, 0)
    const { code, text } = await script('preview', {}, ['sweep'])
    assert.equal(code, 0, text)
    assert.deepEqual(stubs.calls().filter((line) => line.includes('delete')).map((line) => line.split(' ')[3]), ['preview-7', 'preview-2', 'preview-3'])
  })
  test('one that does not go keeps no other from going, and is named', async () => {
    stand({ kubectl: `[[ "$*" != *"get namespaces"* ]] || printf 'preview-1 1\\npreview-2 1\\n'` })
    const { code, text } = await script('preview', { FAIL: 'delete namespace preview-1' }, ['sweep'])
    assert.notEqual(code, 0)
    assert.match(text, /preview-2 is going[^]*Not swept: preview-1\./)
  })
  test('names every wrong setting at once', async () => {
    const { text } = await script('preview', { NUMBER: '7; rm', CHART: 'x', DOMAIN: '-' }, ['up'])
    for (const name of ['NUMBER', 'CHART', 'DOMAIN']) assert.match(text, new RegExp(`${name} is`))
    assert.match((await script('preview', {}, ['sideways'])).text, /does not know "sideways"/)
  })
})

describe('comment', () => {
  const settings = () => ({ NUMBER: '7', GITHUB_REPOSITORY: 'acme/wheelhouse', TEXT: join(work, 'text.md') })
  before(() => writeFileSync(join(work, 'text.md'), '<!-- preview -->\nhello\n'))
  test('is made once and renewed after that', async () => {
    stand({ gh: '[[ "$*" != *--jq* ]] || [ -z "${BEFORE:-}" ] || echo "$BEFORE"' })
    assert.equal((await script('comment', settings())).code, 0)
    assert.match(stubs.calls().at(-1), /--method POST repos\/acme\/wheelhouse\/issues\/7\/comments/)
    assert.equal((await script('comment', { ...settings(), BEFORE: '99' })).code, 0)
    assert.match(stubs.calls().at(-1), /--method PATCH repos\/acme\/wheelhouse\/issues\/comments\/99/)
  })
  test('refuses a text that does not say its kind', async () => {
    writeFileSync(join(work, 'odd.md'), 'hello\n')
    await refuses('comment', { ...settings(), TEXT: join(work, 'odd.md') }, /it says the kind/)
    await refuses('comment', { NUMBER: 'x', GITHUB_REPOSITORY: '', TEXT: 'nowhere' }, /NUMBER is "x"/, /GITHUB_REPOSITORY is/, /TEXT is "nowhere"/)
  })
})

describe('plan', () => {
  const settings = { ENVIRONMENT: 'dev', STAGE: 'cluster', PROJECT: 'wheelhouse-dev', TOOL: 'tofu' }
  const tofu = (code, text) => stand({ tofu: `[ "$1" != plan ] || { echo '${text}'; exit ${code}; }` })
  test('tells what would change, and applies that plan only where it is asked to', async () => {
    tofu(2, 'Plan: 3 to add, 0 to change, 0 to destroy.')
    const COMMENT = join(work, 'plan.md')
    assert.equal((await script('plan', { ...settings, COMMENT })).code, 0)
    assert.match(readFileSync(COMMENT, 'utf8'), /^<!-- plan of dev cluster -->\n\*\*dev\/cluster\*\*: Plan: 3 to add/)
    assert.ok(!stubs.calls().some((line) => line.startsWith('tofu apply')))
    assert.equal((await script('plan', { ...settings, APPLY: 'yes' })).code, 0)
    assert.match(stubs.calls().at(-1), /^tofu apply .*\/plan$/)
  })
  test('says of an empty plan that nothing changes, and of a broken one that it is broken', async () => {
    tofu(0, 'No changes.')
    const COMMENT = join(work, 'plan.md')
    assert.equal((await script('plan', { ...settings, COMMENT })).code, 0)
    assert.match(readFileSync(COMMENT, 'utf8'), /changes nothing/)
    stubs.remove()
    tofu(1, 'Error: Unsupported argument')
    await refuses('plan', { ...settings, COMMENT, APPLY: 'yes' }, /cannot be planned/)
    assert.match(readFileSync(COMMENT, 'utf8'), /Unsupported argument/)
    assert.ok(!stubs.calls().some((line) => line.startsWith('tofu apply')))
  })
  test('names what is missing', async () => {
    await refuses('plan', { ENVIRONMENT: 'test', STAGE: 'all', PROJECT: '' }, /ENVIRONMENT is "test"/, /STAGE is "all"/, /PROJECT is ""/)
    tofu(0, '')
    await refuses('plan', { ...settings, FAIL: 'tofu init' }, /is there a bucket wheelhouse-dev-states/)
  })
})

describe('publish', () => {
  test('names every wrong setting at once, before anything is pushed', async () => {
    stand({ helm: '', cosign: '' })
    await refuses('publish', { REGISTRY: 'Registry', VERSION: 'next', BACKEND_DIGEST: 'latest', SBOM: '/nowhere' }, /REGISTRY is/, /VERSION is/, /BACKEND_DIGEST is/, /FRONTEND_DIGEST is/, /backend\.json/, /who signs/)
    assert.deepEqual(stubs.calls(), [])
  })
})

describe('kind', () => {
  /** A repository of its own, whose releases and whose way into the cluster are stand-ins. */
  function repository(tags) {
    const folder = mkdtempSync(join(work, 'kind-'))
    for (const name of ['infra/common.sh', 'infra/delivery/kind', 'infra/delivery/settings.sh']) cpSync(join(root, name), join(folder, name))
    mkdirSync(join(folder, 'scripts'))
    writeFileSync(join(folder, 'scripts/cluster'), '#!/bin/sh\n[ -z "${BROKEN:-}" ] || [ "$1" != "$BROKEN" ] || exit 1\necho "cluster of $(cat "$(dirname "$0")/../release") $*" >>"$STATE/calls"\n', { mode: 0o755 })
    const git = (...args) => execFileSync('git', ['-c', 'user.email=a@example.com', '-c', 'user.name=a', ...args], { cwd: folder, stdio: 'ignore' })
    git('init', '-q')
    for (const release of [...tags, 'now']) {
      writeFileSync(join(folder, 'release'), release)
      git('add', '-A')
      git('commit', '-qm', release)
      if (release !== 'now') git('tag', release)
    }
    return (settings) => call(join(folder, 'infra/delivery/kind'), [], { ...stubs.environment, ...settings })
  }
  test('installs, tests, and upgrades from the last release', async () => {
    stand({ helm: '' })
    const { code, text } = await repository(['v0.9.0', 'v0.10.0'])({})
    assert.equal(code, 0, text)
    assert.deepEqual(stubs.calls().map((line) => line.split(' --')[0].split(' -n')[0]), [
      'cluster of now up', 'helm test wheelhouse', 'cluster of now reset', 'cluster of v0.10.0 up', 'cluster of now up', 'helm test wheelhouse',
    ])
  })
  test('without a release there is nothing to upgrade from, and what fails is said', async () => {
    stand({ helm: '' })
    const run = repository([])
    assert.match((await run({})).text, /There is no release yet/)
    assert.match((await run({ FAIL: 'helm test' })).text, /The fresh install does not pass helm test/)
    assert.match((await run({ BROKEN: 'up' })).text, /It was not installed/)
  })
})

describe('keep-dumps', () => {
  const keep = (settings) => call(join(root, 'infra/gcloud/keep-dumps'), [], { ...stubs.environment, PROJECT: 'demo-project', ...settings })
  test('copies every dump into the bucket, and says when one was not', async () => {
    stand({ gcloud: '' })
    const folder = mkdtempSync(join(work, 'dumps-'))
    assert.equal((await keep({ BACKUP: folder })).code, 0, 'none is no error')
    writeFileSync(join(folder, 'one.dump'), '')
    assert.equal((await keep({ BACKUP: folder })).code, 0)
    assert.match(stubs.calls().at(-1), /storage cp .*one\.dump gs:\/\/demo-project-dumps\/one\.dump$/)
    const { code, text } = await keep({ BACKUP: folder, FAIL: 'storage cp' })
    assert.notEqual(code, 0)
    assert.match(text, /Stopped while keeping one\.dump/)
  })
})

test('every script of this folder is tried here', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8')
  for (const name of readdirSync(join(root, 'infra/delivery')).filter((name) => name !== 'settings.sh')) assert.ok(text.includes(`describe('${name}'`), name)
})
