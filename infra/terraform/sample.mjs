// Plans one stage of one environment on the stand-in of the providers, with settings that nobody has: to see what it would make, without
// an account.   node infra/terraform/sample.mjs prod cluster

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsOf } from '../test/sample.mjs'
import { copy, find, localState, mirror, run } from '../test/standin.mjs'

const [environment = 'prod', stage = 'cluster'] = process.argv.slice(2)
const tool = find('tofu') ?? find('terraform')
const known = { environment: ['dev', 'staging', 'prod'], stage: ['bootstrap', 'cluster', 'app'] }
const wrong = Object.entries({ environment, stage }).filter(([kind, word]) => !known[kind].includes(word))
for (const [kind, word] of wrong) console.error(`There is no ${kind} "${word}": use ${known[kind].join(', ')}.`)
if (!tool) console.error('There is neither OpenTofu nor Terraform: infra/tool --install tofu')
if (wrong.length > 0 || !tool) process.exit(1)

const providers = mirror(tool)
const work = copy()
const folder = join(work.folder, 'environments', environment, stage)
writeFileSync(join(folder, 'backend.tf'), localState)
let failed = false
for (const args of [['init', '-input=false'], ['plan', '-input=false', ...settingsOf(environment, stage)]]) {
  const { code, text } = await run(tool, providers.settings, folder, args)
  failed = code !== 0
  if (failed || args[0] === 'plan') console.log(text)
  if (failed) break
}
work.remove()
providers.remove()
process.exitCode = failed ? 1 : 0
