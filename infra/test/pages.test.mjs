// What the pages about infrastructure tell people to run is there; what no test runs, they say.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { call, programs } from './programs.mjs'
import { root } from './standin.mjs'

const pages = ['infrastructure', 'delivery', 'disaster-recovery', 'exercises'].map((name) => `docs/${name}.md`)
const goals = execFileSync('sh', ['-c', 'cat Makefile make/*.mk'], { cwd: root, encoding: 'utf8' })

/** Commands of a page, each with what its section says is not run by a test. */
function commandsOf(page) {
  return readFileSync(join(root, page), 'utf8').split(/^(?=## )/m).flatMap((section) => {
    const marked = [...section.matchAll(/^Not run by a test: (.+?)[.;]/gm)].flatMap(([, text]) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
    return [...section.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block.split('\n').filter(Boolean)).map((line) => ({ page, line, marked }))
  })
}

describe('pages', () => {
  test('every command is a script of ours, a goal of make, or marked as not run', () => {
    for (const { page, line, marked } of pages.flatMap(commandsOf)) {
      for (const part of line.split(' && ')) {
        const command = part.replace(/^([A-Z_]+=("[^"]*"|\S+) )+/, '')
        if (marked.some((one) => part.startsWith(one) || command.startsWith(one))) continue
        const [program, goal] = command.split(' ')
        if (program === 'make') assert.match(goals, new RegExp(`^${goal}:`, 'm'), `${page}: ${line}`)
        else accessSync(join(root, program), constants.X_OK)
      }
    }
  })
  test('every script and folder that README names is there', () => {
    const text = readFileSync(join(root, 'infra/README.md'), 'utf8')
    for (const [, name] of text.matchAll(/`((?:infra\/)?[\w./-]+\/?)`/g)) {
      if (/^(make|docker|exercise|prices|cost|environments|test|tool|up|down|status|sweep|docker-compose.yml)/.test(name)) continue
      accessSync(join(root, name.startsWith('infra/') ? name : `infra/${name}`))
    }
  })
})

describe('exercises', () => {
  let stubs
  after(() => stubs?.remove())
  const check = (number, answers, settings = {}) => {
    stubs?.remove()
    stubs = programs(answers)
    return call(join(root, 'infra/exercise'), [String(number)], { ...stubs.environment, ...settings })
  }
  const run = 'echo \'{"items": [{"id": "run_abc123", "status": "succeeded"}]}\''
  const cases = [
    [1, { curl: run }, { curl: 'echo \'{"items": []}\'' }, /there is no run/],
    [2, { curl: `case "$*" in *events*) echo "data: {seq: 1}" ;; *) ${run} ;; esac` }, { curl: 'exit 22' }, /does not answer/],
    [3, { curl: '', kubectl: 'case "$*" in *pods*) echo 2026-02-01T00:00:00Z ;; *) echo 2026-01-01T00:00:00Z ;; esac' }, { kubectl: 'echo 2026-01-01T00:00:00Z', curl: '' }, /no Pod of the backend is younger/],
    [4, { kubectl: 'echo 3' }, { kubectl: 'echo 1' }, /1 replicas are ready, of 3/],
    [6, { kubectl: 'case "$*" in *exec*) printf "postgres\\nwheelhouse\\nwheelhouse_before\\n" ;; *) echo pod/postgres-0 ;; esac' }, { kubectl: 'case "$*" in *exec*) echo wheelhouse ;; *) echo pod/postgres-0 ;; esac' }, /nothing was restored/],
    [8, { helm: 'echo "replicas: use replicaCount"; exit 1' }, { helm: '' }, /the typo was accepted/],
    [9, { kubectl: 'echo node-1', curl: '' }, { kubectl: '', curl: '' }, /no node is drained/],
  ]
  for (const [number, done, open, why] of cases) {
    test(`exercise ${number} says done when it is, and what is missing when it is not`, async () => {
      const good = await check(number, done, { HELM: 'helm' })
      assert.equal(good.code, 0, good.text)
      assert.match(good.text, /^done$/m)
      const bad = await check(number, open, { HELM: 'helm' })
      assert.equal(bad.code, 1)
      assert.match(bad.text, why)
    })
  }
  test('exercises 5, 7 and 10 look at files and answers', async () => {
    const fresh = await check(5, {}, { BACKUP: '/nowhere' })
    assert.match(fresh.text, /there is no dump in \/nowhere/)
    assert.match((await check(7, { kubectl: 'echo wheelhouse-key' })).text, /look at \/registry\/secrets\/wheelhouse\/wheelhouse-key/)
    assert.equal((await check(7, { kubectl: 'echo wheelhouse-key' }, { ANSWER: 'base64' })).code, 0)
    assert.match((await check(10, { git: '' })).text, /the number of nodes of dev is as it was/)
    assert.equal((await check(10, { git: 'exit 1' })).code, 0)
  })
  test('an exercise that there is not is refused', async () => assert.match((await check('eleven', {})).text, /does not know "eleven": use 1 to 10/))
})
