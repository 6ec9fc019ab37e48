// Every module and environment, with Terraform and OpenTofu, on the stand-in of the providers: no cloud and no account.

import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { roots } from './hcl.mjs'
import { copy, find, hasGo, localState, mirror, run, terraform } from './standin.mjs'
import { misspelt, withTypos } from './typos.mjs'
import { settingsOf } from './sample.mjs'

const quick = process.env.QUICK === 'yes'
const modules = quick ? ['gcp/network'] : roots(join(terraform, 'modules'))
const environments = quick ? ['dev'] : ['dev', 'staging', 'prod']
const stages = ['bootstrap', 'cluster', 'app']
const program = { Terraform: 'terraform', OpenTofu: 'tofu' }

for (const [name, tool] of Object.entries(program)) {
  const path = find(tool)
  const skip = (!path && `${name} is not installed (infra/tool --install ${tool})`) || (!hasGo() && 'there is no Go, which the stand-in of the providers is built with (go.dev/dl)')

  describe(`with ${name}`, { skip, concurrency: 2 }, () => {
    let providers, work
    before(() => {
      providers = mirror(path)
      work = copy()
    })
    after(() => {
      work.remove()
      providers.remove()
    })

    const at = (folder, ...args) => run(path, providers.settings, join(work.folder, folder), args)
    const succeeds = async (folder, ...args) => {
      const { code, text } = await at(folder, ...args)
      assert.equal(code, 0, `${args.join(' ')} in ${folder}:\n${text}`)
      // What init says of locks is about the stand-in.
      if (args[0] !== 'init') assert.doesNotMatch(text, /^Warning:/m)
      return text
    }

    test(`files are formatted (${name})`, () => succeeds('.', 'fmt', '-check', '-recursive'))

    for (const module of modules) {
      test(`module ${module} is valid and passes its tests (${name})`, async () => {
        const folder = `modules/${module}`
        await succeeds(folder, 'init', '-input=false')
        await succeeds(folder, 'validate')
        const said = await succeeds(folder, 'test')
        assert.ok(Number(said.match(/(\d+) passed/)[1]) >= 3, 'a default, production, and a refusal at the least')
      })
    }

    for (const environment of environments) {
      for (const stage of stages) {
        test(`${environment}/${stage} is made once, stays as it is, and goes (${name})`, async () => {
          const folder = `environments/${environment}/${stage}`
          writeFileSync(join(work.folder, folder, 'backend.tf'), localState)
          const settings = settingsOf(environment, stage)
          await succeeds(folder, 'init', '-input=false')
          await succeeds(folder, 'validate')
          await succeeds(folder, 'apply', '-auto-approve', '-input=false', ...settings)
          const second = await at(folder, 'plan', '-detailed-exitcode', '-input=false', ...settings)
          assert.equal(second.code, 0, `the second plan is not empty:\n${second.text}`)
          await succeeds(folder, 'destroy', '-auto-approve', '-input=false', ...settings)
          assert.deepEqual(JSON.parse(readFileSync(join(work.folder, folder, 'terraform.tfstate'), 'utf8')).resources, [])
        })
      }
    }

    test(`a typo in any argument of any module is named (${name})`, { skip: quick && 'of the whole: make infra' }, async () => {
      const missed = []
      let named = 0
      for (const module of modules) {
        const folder = join(work.folder, 'typos', module.replaceAll('/', '-'))
        cpSync(join(terraform, 'modules', module), folder, { recursive: true })
        await succeeds(relative(work.folder, folder), 'init', '-input=false')
        const text = readFileSync(join(folder, 'main.tf'), 'utf8')
        let pending = misspelt(text)
        let command = 'validate'
        // What refers to a resource with a mistake is looked at when that one has none any more.
        while (pending.length > 0) {
          writeFileSync(join(folder, 'main.tf'), withTypos(text, pending))
          // Long lines are broken at any blank.
          const said = (await at(relative(work.folder, folder), command)).text.replace(/\s+/g, ' ').split('Error: ')
          const left = pending.filter(({ line, typo }) => !said.some((one) => one.includes(` line ${line}, `) && one.includes(`"${typo}" is not expected here`)))
          // Blocks that only some settings make are looked at when there are settings: in the module's own tests.
          if (left.length === pending.length && command === 'test') break
          if (left.length === pending.length) command = 'test'
          named += pending.length - left.length
          pending = left
        }
        missed.push(...pending.map(({ line, typo }) => `${module}, line ${line}: ${typo}`))
      }
      assert.deepEqual(missed, [])
      assert.ok(named >= 200, `${named} typos were tried`)
    })
  })
}
