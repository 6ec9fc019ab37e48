// The rehearsals that need no cluster.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { call, programs as standIns } from './programs.mjs'
import { root } from './standin.mjs'

function programs() {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
  } catch {
    return process.env.PGBIN
  }
}
const bin = programs()

test('a database comes back as it was a moment before an accident', { skip: !(bin && existsSync(join(bin, 'pg_basebackup'))) && 'PostgreSQL with pg_basebackup is not installed (PGBIN)' }, async () => {
  const { code, text } = await call(join(root, 'infra/drills/pitr'), [], { ROWS: '20000', PGBIN: bin })
  assert.equal(code, 0, text)
  assert.match(text, /20000 of 20000 rows are back/)
})

test('without its programs the drill says what to install', async () => {
  const { code, text } = await call(join(root, 'infra/drills/pitr'), [], { PGBIN: '/nowhere' })
  assert.equal(code, 2)
  assert.match(text, /There is no initdb: install PostgreSQL/)
})

describe('a day and a night', () => {
  /** A copy of the drill, beside stand-ins of the scripts that it calls. */
  function rehearsal(kubectl = '') {
    const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'))
    for (const name of ['infra/common.sh', 'infra/await-nothing-billed', 'infra/drills/rehearsal']) cpSync(join(root, name), join(folder, name))
    mkdirSync(join(folder, 'scripts'))
    for (const name of ['cluster', 'dump', 'restore']) {
      const more = name === 'dump' ? 'touch "$BACKUP/a.dump"' : ''
      writeFileSync(join(folder, 'scripts', name), `#!/bin/sh\n[ "\${FAIL:-}" != ${name} ] || exit 1\necho "${name} $*" >>"$STATE/calls"\n${more}\n`, { mode: 0o755 })
    }
    const stubs = standIns({ helm: '[ "${FAIL:-}" != "helm $1" ] || exit 1', kubectl })
    return {
      run: (settings) => call(join(folder, 'infra/drills/rehearsal'), [], { ...stubs.environment, POLL: '0', ...settings }),
      calls: () => stubs.calls().map((line) => line.split(' ').slice(0, 2).join(' ')).filter((line) => line !== 'kubectl get'),
      remove: () => [folder, stubs.folder].forEach((one) => rmSync(one, { recursive: true })),
    }
  }
  test('goes in its order, and leaves nothing', async () => {
    const { run, calls, remove } = rehearsal()
    const { code, text } = await run({})
    assert.equal(code, 0, text)
    assert.deepEqual(calls(), [
      'cluster up', 'helm test', 'dump ', 'helm status', 'helm uninstall', 'kubectl delete', 'kubectl delete', 'cluster up', 'restore ', 'helm test', 'helm status', 'helm uninstall', 'kubectl delete', 'kubectl delete',
    ])
    remove()
  })
  test('stops where something fails, and says what', async () => {
    for (const [FAIL, why] of Object.entries({ cluster: /It was not installed/, 'helm test': /An agent's turn failed before the night/, dump: /There is no dump/, restore: /The dump was not put back/ })) {
      const { run, remove } = rehearsal()
      const { code, text } = await run({ FAIL })
      assert.notEqual(code, 0, FAIL)
      assert.match(text, why)
      remove()
    }
    const { run, remove } = rehearsal('[[ "$*" != *claimRef* || "$*" == *"volume {"* ]] || echo pvc-1')
    assert.match((await run({})).text, /Left behind, and would cost: pvc-1/)
    remove()
  })
  test("refuses a namespace that is somebody's", async () => {
    const { run, remove } = rehearsal()
    assert.match((await run({ NAMESPACE: 'wheelhouse' })).text, /the rehearsal deletes it/)
    remove()
  })
})
