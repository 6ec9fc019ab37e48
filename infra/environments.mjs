// docs/infrastructure-cost.md: what each environment costs a month, from its plan on the stand-in and the rendering of its values.
//   node infra/environments.mjs [--check]

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { billed, cost, hours, prices, sum } from './cost.mjs'
import { settingsOf } from './test/sample.mjs'
import { copy, find, localState, mirror, root, run } from './test/standin.mjs'

const path = 'docs/infrastructure-cost.md'
/** Whose load balancers and disks are on top of the plan: the values files of the release, as app/main.tf names them. */
export const valuesOf = (environment) =>
  [...readFileSync(join(root, `infra/terraform/environments/${environment}/app/main.tf`), 'utf8').matchAll(/values\/([a-z-]+)\.yaml|for name in \[([^\]]+)\]/g)].flatMap(
    ([, one, several]) => one ?? several.match(/[a-z-]+/g),
  )
/** US dollars a month at which the payer is told, as bootstrap/main.tf says. */
export const budgetOf = (environment) =>
  Number(readFileSync(join(root, `infra/terraform/environments/${environment}/bootstrap/main.tf`), 'utf8').match(/monthly_budget *= *(\d+)/)[1])

/** { environment: lines } of what is billed. */
export async function environments(tool) {
  const { render } = await import('../charts/test/rendering.mjs')
  const { sizeOf } = await import('../charts/test/size.mjs')
  const providers = mirror(tool)
  const work = copy()
  const all = {}
  for (const environment of ['dev', 'staging', 'prod']) {
    const folder = join(work.folder, 'environments', environment, 'cluster')
    writeFileSync(join(folder, 'backend.tf'), localState)
    const at = async (...args) => {
      const { code, text } = await run(tool, providers.settings, folder, args)
      if (code !== 0) throw new Error(text)
      return text
    }
    await at('init', '-input=false')
    await at('plan', '-input=false', '-out=plan', ...settingsOf(environment, 'cluster').filter((one) => !/console_hosts|webhooks_image/.test(one)))
    const { planned_values: planned } = JSON.parse(await at('show', '-json', 'plan'))
    const size = sizeOf(await render(...valuesOf(environment).flatMap((name) => ['-f', join(root, 'values', `${name}.yaml`)]), ...more[environment]))
    const lines = billed(below(planned.root_module))
    if (size.balancers) lines.push(['load balancer', 'gce.balancer', size.balancers])
    if (size.storage) lines.push(['disks of volumes', 'gce.disk.balanced', size.storage])
    all[environment] = lines
  }
  work.remove()
  providers.remove()
  return all
}
const digest = ['--set', `postgresql.image.digest=sha256:${'0'.repeat(64)}`]
const more = { dev: [], staging: digest, prod: [...digest, '--set-json', 'ingress.tls=[{}]'] }
const below = (module) => [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(below)]

const dollars = (amount) => `$${amount.toFixed(amount < 20 ? 1 : 0)}`

export function page(all) {
  const rows = Object.entries(all).map(([environment, lines]) => {
    const day = environment === 'prod' ? '–' : dollars(sum(lines, hours.daytime))
    const asked = lines.filter(([, name]) => name !== 'gke.credit').map(([what, name, count]) => `${what} ${dollars(cost(name, count))}`)
    const credit = lines.some(([, name]) => name === 'gke.credit') ? '; less the credit for one cluster' : ''
    return `| ${environment} | ${dollars(sum(lines, hours.month))} | ${day} | $${budgetOf(environment)} | ${asked.join(', ')}${credit} |`
  })
  const assumed = Object.entries(prices).filter(([, { evidence }]) => evidence === 'assumed').length
  return `# What the environments cost

US dollars a month on Google's cloud at list prices, made by \`node infra/environments.mjs\` from the plan of each environment and the
rendering of its values; held to the budget that \`bootstrap\` sets. Destroyed at night: ${hours.daytimeSays}, ${hours.daytime} of ${hours.month} hours.

| environment | all day | destroyed at night | budget | of it |
|---|--:|--:|--:|---|
${rows.join('\n')}

Prices: \`infra/prices.json\`, each with its source and the day on which somebody looked; \`make infra\` refuses what is older than 180 days.
${assumed} of ${Object.keys(prices).length} are well-known list prices that nobody has read again (\`"evidence": "assumed"\`): look yours up. Traffic, backups, images, logs
and tokens of models come on top. What each values file asks for, and costs elsewhere: [chart-cost.md](chart-cost.md).
`
}

if (process.argv[1] === import.meta.filename) {
  const tool = find('terraform') ?? find('tofu')
  if (!tool) throw new Error('There is neither Terraform nor OpenTofu: infra/tool --install tofu')
  const text = page(await environments(tool))
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text)
  else if (readFileSync(join(root, path), 'utf8') !== text) throw new Error(`${path} is stale: node infra/environments.mjs`)
}
