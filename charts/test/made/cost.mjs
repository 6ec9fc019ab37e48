// docs/chart-cost.md: what each values file asks of a cluster, and what that costs at list prices.

import { costOfRelease, hours, places, prices } from '../../../infra/cost.mjs'
import { inPairs, render } from '../rendering.mjs'
import { sizeOf } from '../size.mjs'
import { ways } from '../ways.mjs'

/** The days on which prices were looked at. */
const days = () => [...new Set(Object.values(prices).map(({ checked }) => checked))].sort()

/** What differs in the names of images only is as large as what it stands on. */
const sameAs = /\+ (airgap|gitops|current|local)$/

export async function costPage() {
  const chosen = Object.entries(ways).filter(([way]) => !sameAs.test(way) && !way.includes(','))
  const sizes = await inPairs(chosen, async ([way, { args }]) => [way, sizeOf(await render(...args))])
  const rows = sizes.sort(([, one], [, other]) => one.requests.cpu - other.requests.cpu).map(([way, size]) => row(way, size))
  return `# Size and cost

What each values file asks of a cluster while nothing happens, made from the rendering by \`make gen-chart\` and held to it by
\`make chart\`: what runs all the time, Postgres and ingress controller included where they are bundled. Jobs and tests come and go and
are left out; a Postgres, a controller or a Gateway that is yours is not in its row. In brackets: Pods when autoscaling has gone all
the way. \`dev.yaml\` may ask for 0.4 vCPU and 1 GiB at the most; a change that makes it larger fails.

| values | Pods | CPU asked | memory asked | CPU limit | memory limit | disks | load balancers |${places.map(({ name }) => ` ${name} |`).join('')}
|---|--:|--:|--:|--:|--:|--:|--:|${places.map(() => '--:|').join('')}
${rows.join('\n')}

The last ${places.length} columns are US dollars for a month at list prices, for what is asked, its disks, its load balancers, the machines under it and
the cluster itself; the one before the stroke runs all day, the one behind it is destroyed at night (${hours.daytimeSays}). They say what is cheap
and what is dear, not what a bill will say: discounts, traffic, backups and tokens of models come on top or off. A machine leaves room for
GKE's or EKS's own Pods, and the credit for one zonal or Autopilot cluster is taken off. Prices and their sources: \`infra/prices.json\`,
of ${days()[0]}${days().length > 1 ? ` to ${days().at(-1)}` : ''}. What whole environments cost: [infrastructure-cost.md](infrastructure-cost.md).

## Where the money is

- **A load balancer** costs more than all that \`dev.yaml\` asks for. So \`dev.yaml\` uses ports of the node, \`preview.yaml\` the controller that is
  there already.
- **Idle replicas**: \`prod.yaml\` keeps two of each. \`backend.autoscaling\` adds more only while the CPU or the queue asks for them, and a
  replica that goes hands its runs over.
- **Models** cost more than all of this: [budgets](budgets.md) bound what a run may spend.
`
}

function row(way, size) {
  const cells = [
    `\`${way.split(' + ').join('` + `')}\``,
    size.mostPods > size.pods ? `${size.pods} (${size.mostPods})` : size.pods,
    size.requests.cpu.toFixed(2),
    `${size.requests.memory.toFixed(2)} GiB`,
    size.limits.cpu.toFixed(1),
    `${size.limits.memory.toFixed(2)} GiB`,
    size.storage ? `${size.storage} GiB` : '–',
    size.balancers || '–',
    ...places.map((place) => `$${Math.round(costOfRelease(size, place))} / ${Math.round(costOfRelease(size, place, hours.daytime))}`),
  ]
  return `| ${cells.join(' | ')} |`
}
