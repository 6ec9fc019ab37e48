// Prices, and what is made from them.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { billed, cost, costOfRelease, hours, places, prices, stale, sum } from '../cost.mjs'
import { budgetOf, environments, page, valuesOf } from '../environments.mjs'
import { find, hasGo, root } from './standin.mjs'

const quick = process.env.QUICK === 'yes'
const near = (found, wanted) => assert.ok(Math.abs(found - wanted) < 0.01, `${found} is not ${wanted}`)

describe('prices', () => {
  test('each has a unit, a region, a source, a day, and says whether it was read', () => {
    for (const [name, price] of Object.entries(prices)) {
      assert.ok(price.price > 0, name)
      assert.match(price.unit, /^(hour|month)$/, name)
      assert.match(price.checked, /^\d{4}-\d\d-\d\d$/, name)
      assert.match(price.evidence, /^(read|assumed)$/, name)
      assert.ok(price.region && price.source.length > 10, name)
    }
  })
  test('one that nobody looked at for 180 days is stale', () => {
    const first = Math.min(...Object.values(prices).map(({ checked }) => Date.parse(checked)))
    assert.deepEqual(stale(first + 179 * 24 * 3600 * 1000), [])
    assert.notDeepEqual(stale(first + 181 * 24 * 3600 * 1000), [])
  })
  test('none is stale today', { skip: quick && 'time passes: make infra looks' }, () => {
    assert.deepEqual(stale(Date.now()), [], 'look these up again, then change "checked" in infra/prices.json')
  })
  test('every place is made of prices that there are', () => {
    for (const place of places) assert.ok(costOfRelease({ requests: { cpu: 1, memory: 1 }, storage: 1, balancers: 1 }, place) > 0, place.name)
  })
  test('an unknown price is refused by name', () => assert.throws(() => cost('gce.moon'), /prices\.json has no price "gce\.moon"/))
})

describe('sums', () => {
  const [gke, , eks] = places
  const small = { requests: { cpu: 0.4, memory: 1 }, storage: 0, balancers: 0 }
  test('hours are hours, and what is paid by the month is paid for its share', () => {
    near(cost('gke.cluster'), 73)
    near(cost('gke.cluster', 1, hours.daytime), 26.4)
    near(cost('gce.disk.standard', 20, hours.month / 2), 0.4)
  })
  test('the credit takes the fee of one cluster in a zone off, and no more', () => {
    const lines = (location) => billed([{ type: 'google_container_cluster', values: { location } }])
    near(sum(lines('europe-west1-b'), hours.month), 0)
    near(sum(lines('europe-west1-b'), hours.daytime), 0)
    near(sum(lines('europe-west1'), hours.month), 73)
  })
  test('another machine is counted when the room of the first is used up', () => {
    const one = costOfRelease(small, gke)
    const two = costOfRelease({ ...small, requests: { cpu: 0.6, memory: 1 } }, gke)
    near(two - one, cost('gce.e2-medium.spot') + cost('gce.address.spot') + cost('gce.disk.standard', 20))
    assert.ok(costOfRelease({ ...small, requests: { cpu: 0.1, memory: 9 } }, gke) > two)
  })
  test('a small release costs five times as much on EKS as on GKE', () => {
    const factor = costOfRelease(small, eks) / costOfRelease(small, gke)
    assert.ok(factor > 4 && factor < 7, String(factor))
  })
  test('a second database is twice the price, and Spot less than half', () => {
    const database = (availability_type) => sum(billed([{ type: 'google_sql_database_instance', values: { settings: [{ tier: 'db-custom-1-3840', availability_type, disk_size: 10 }] } }]), hours.month)
    near(database('REGIONAL'), 2 * database('ZONAL'))
    near(database('ZONAL'), (0.0413 + 3.75 * 0.007) * 730 + 1.7)
    assert.ok(prices['ec2.t3.medium.spot'].price < prices['ec2.t3.medium'].price / 2)
  })
})

describe('environments', () => {
  test('their values are those that app installs', () => {
    assert.deepEqual(['dev', 'staging', 'prod'].map(valuesOf), [['dev'], ['staging', 'external-postgres'], ['prod', 'gke', 'external-postgres']])
  })
  const tool = find('terraform') ?? find('tofu')
  const skip = (quick && 'of the whole: make infra') || ((!tool || !hasGo()) && 'needs Terraform or OpenTofu, and Go (infra/tool --install tofu)')
  test('the page is the one that plan and rendering make, and each keeps its budget', { skip }, async () => {
    const all = await environments(tool)
    assert.equal(readFileSync(join(root, 'docs/infrastructure-cost.md'), 'utf8'), page(all), 'run: node infra/environments.mjs')
    for (const [environment, lines] of Object.entries(all)) assert.ok(sum(lines, hours.month) <= budgetOf(environment), environment)
    assert.ok(sum(all.dev, hours.month) <= 20 && sum(all.dev, hours.daytime) <= 8, 'the learning cluster is cheap')
  })
})
