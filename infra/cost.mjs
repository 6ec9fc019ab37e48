// What things cost: prices of prices.json, multiplied with what a rendering of the chart and a plan of Terraform ask for.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const { hours, prices, places } = JSON.parse(readFileSync(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'prices.json'), 'utf8'))

/** Dollars for `count` of a price, for so many hours of a month; what is paid by the month is paid for that share of it. */
export function cost(name, count = 1, time = hours.month) {
  const price = prices[name]
  if (!price) throw new Error(`prices.json has no price "${name}".`)
  return count * price.price * (price.unit === 'hour' ? time : time / hours.month)
}

/** Names of prices that nobody has looked at for longer than 180 days. */
export const stale = (now) =>
  Object.entries(prices)
    .filter(([, { checked }]) => !(now - Date.parse(checked) <= 180 * 24 * 3600 * 1000))
    .map(([name]) => name)

/** A release by its size, `{ requests: { cpu, memory }, storage, balancers }`, at one of the places, for so many hours of a month. */
export function costOfRelease({ requests, storage, balancers }, place, time = hours.month) {
  let sum = cost(place.storage, storage, time) + cost(place.balancer, balancers, time)
  if (place.cluster) sum += Math.max(0, cost(place.cluster, 1, time) - (place.credit ? cost(place.credit) : 0))
  const { machine } = place
  if (!machine) return sum + cost(place.cpu, requests.cpu, time) + cost(place.memory, requests.memory, time)
  const machines = Math.max(1, Math.ceil(requests.cpu / machine.cpu), Math.ceil(requests.memory / machine.memory))
  sum += cost(machine.price, machines, time)
  if (machine.address) sum += cost(machine.address, machines, time)
  if (machine.disk) sum += cost(machine.disk.price, machines * machine.disk.gb, time)
  return sum
}

/** What resources of a plan ask for, as [what, name of a price, how many] each; what costs by use only has no line. */
export function billed(resources) {
  const lines = []
  const nat = resources.some(({ type }) => type === 'google_compute_router_nat')
  for (const { type, values } of resources) {
    switch (type) {
      case 'google_container_cluster': {
        lines.push(['cluster', 'gke.cluster', 1])
        // The credit is for one cluster in a zone.
        if (/-[a-z]$/.test(values.location)) lines.push(['credit', 'gke.credit', -1])
        break
      }
      case 'google_container_node_pool': {
        const node = values.node_config[0]
        const count = values.autoscaling[0].total_min_node_count
        lines.push([`${count} ${node.machine_type}`, `gce.${node.machine_type}${node.spot ? '.spot' : ''}`, count])
        lines.push(['disks of nodes', 'gce.disk.standard', count * node.disk_size_gb])
        lines.push(nat ? ['NAT', 'gce.nat.machine', count] : ['addresses', node.spot ? 'gce.address.spot' : 'gce.address', count])
        break
      }
      case 'google_compute_router_nat':
        lines.push(['address of the NAT', 'gce.address', 1])
        break
      case 'google_sql_database_instance': {
        const settings = values.settings[0]
        const machines = settings.availability_type === 'REGIONAL' ? 2 : 1
        const [, cpus, mebibytes] = settings.tier.match(/^db-custom-(\d+)-(\d+)$/) ?? []
        if (cpus) lines.push(['database, CPU', 'cloudsql.cpu', machines * cpus], ['database, memory', 'cloudsql.memory', (machines * mebibytes) / 1024])
        else lines.push(['database', `cloudsql.${settings.tier}`, machines])
        lines.push(['disk of the database', 'cloudsql.disk', machines * settings.disk_size])
        break
      }
      case 'google_compute_global_forwarding_rule':
        lines.push(['load balancer of the console', 'gce.balancer', 1])
        break
    }
  }
  return lines
}

export const sum = (lines, time) => {
  const total = lines.reduce((dollars, [, name, count]) => dollars + (name === 'gke.credit' ? 0 : cost(name, count, time)), 0)
  const fee = cost('gke.cluster', 1, time)
  // The credit is as much as the fee of a whole month, and no more than the fee.
  return lines.some(([, name]) => name === 'gke.credit') ? total - Math.min(fee, cost('gke.credit')) : total
}
