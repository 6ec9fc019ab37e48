// What holds for all of infra/, read from its files: no tool is needed.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { stale } from '../terraform/pages.mjs'
import { argument, blocks, files, roots } from './hcl.mjs'
import { call } from './programs.mjs'
import { find, providers, terraform } from './standin.mjs'

const checkov = find('checkov')
const tflint = find('tflint')

const hcl = files(terraform, '.tf').map((file) => ({ ...file, blocks: blocks(file.text) }))
const all = (kind) => hcl.flatMap((file) => file.blocks.filter((block) => block.kind === kind).map((block) => ({ file, block })))
const at = ({ file, block }) => `${file.name}:${block.line} ${block.labels.join('.')}`

describe('HCL', () => {
  test('every variable is typed and described', () => {
    for (const one of all('variable')) {
      assert.ok(argument(one.block, 'type'), at(one))
      assert.match(argument(one.block, 'description') ?? '', /^".{5,}"$/, at(one))
    }
  })

  test('every variable that takes any text is validated, or is a name that the cloud itself checks', () => {
    // Ids and names of things that exist: whether they do, only the cloud knows.
    const exist = /^(project|network|subnetwork|vpc|location|region|zone|folder|key|secrets_key|registry|host|bucket|namespace|kubernetes_account|pods_range_name|services_range_name|backup_location|issuer_arn|billing_account|repository|chart|webhooks_image|name)$/
    for (const one of all('variable')) {
      if (argument(one.block, 'type') === 'string' && !exist.test(one.block.labels[0])) {
        assert.ok(one.block.body.some((line) => line.includes('validation {')), at(one))
      }
    }
  })

  test('a validation names its variable and what would do', () => {
    for (const one of all('variable')) {
      for (const line of one.block.body.filter((line) => /^ +error_message/.test(line))) {
        assert.match(line, new RegExp(`"${one.block.labels[0]}: `), at(one))
      }
    }
  })

  test('every output is described', () => {
    for (const one of all('output')) assert.match(argument(one.block, 'description') ?? '', /^".{5,}"$/, at(one))
  })

  test('no state holds both a cluster and what runs on it', () => {
    for (const root of roots(join(terraform, 'environments'))) {
      const text = files(join(terraform, 'environments', root), '.tf').map((file) => file.text).join('\n')
      const makesCluster = /modules\/(gcp\/gke|aws\/eks)"/.test(text)
      const runsOnIt = /modules\/app"|provider "(helm|kubernetes)"/.test(text)
      assert.ok(!(makesCluster && runsOnIt), root)
    }
  })

  test('each environment has its own three states', () => {
    const prefixes = all('terraform').flatMap(({ block }) => block.body.join('\n').match(/prefix = "([^"]+)"/)?.[1] ?? [])
    assert.deepEqual(prefixes.sort(), ['dev', 'prod', 'staging'].flatMap((e) => ['app', 'bootstrap', 'cluster'].map((s) => `${e}/${s}`)))
  })

  test('what is production is protected from being destroyed by mistake', () => {
    const prod = readFileSync(join(terraform, 'environments/prod/cluster/main.tf'), 'utf8')
    assert.doesNotMatch(prod, /deletion_protection *= *false|deletable *= *true/)
  })

  test('every resource that is used is in the schemas of the stand-in', () => {
    for (const [kind, key] of [['resource', 'resource_schemas'], ['data', 'data_source_schemas']]) {
      for (const one of all(kind)) {
        const name = one.block.labels[0]
        const schema = JSON.parse(readFileSync(join(terraform, `standin/schemas/${name.split('_')[0]}.json`), 'utf8'))
        assert.ok(schema[key][name], `${at(one)}: run infra/terraform/standin/extract`)
      }
    }
  })

  test('providers are bounded to versions that the stand-in has', () => {
    for (const { file, block } of all('terraform')) {
      for (const [, name, low] of block.body.join('\n').matchAll(/source *= "hashicorp\/(\w+)", version = "(?:>=|~>) ([0-9.]+)/g)) {
        assert.ok(providers[name].version.startsWith(low), `${file.name}: ${name} ${low}`)
      }
    }
  })

  test('the page of every module is the one that its HCL makes', () => assert.deepEqual(stale(), []))

  test('every module has tests', () => {
    for (const module of roots(join(terraform, 'modules'))) assert.ok(readdirSync(join(terraform, 'modules', module, 'tests')).length > 0, module)
  })

  test('checkov finds nothing but what is left out with a reason', { skip: (process.env.QUICK === 'yes' && 'of the whole: make infra') || (!checkov && 'checkov is not installed (infra/tool --install checkov)') }, async () => {
    const { code, text } = await call(checkov, ['-d', join(terraform, 'modules'), '--config-file', join(terraform, 'checkov.yaml')], {})
    assert.equal(code, 0, text)
  })
  test('tflint finds nothing by all of its rules', { skip: !tflint && 'tflint is not installed (infra/tool --install tflint)' }, async () => {
    const { code, text } = await call(tflint, ['--recursive', `--chdir=${terraform}`, `--config=${join(terraform, 'tflint.hcl')}`, '--format=compact'], {})
    assert.equal(code, 0, text)
  })
  test('what checkov is told to leave out has its reason above it', () => {
    const lines = readFileSync(join(terraform, 'checkov.yaml'), 'utf8').split('\n')
    const from = lines.indexOf('skip-check:')
    assert.match(lines[from + 1], /^ {2}# /)
    for (const line of lines.slice(from + 1).filter(Boolean)) assert.match(line, /^ {2}(# .{20,}|- CKV2?_(AWS|GCP)_\d+)$/)
  })
})
