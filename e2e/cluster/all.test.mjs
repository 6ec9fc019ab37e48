// All tests on a real cluster, one after the other, on one release: each file can be run alone as well.

import { after } from 'node:test'
import { closeEntrance, removeNamespace } from './platform.mjs'
import { skip } from './surroundings.mjs'

const all = ['install', 'knowledge', 'kill', 'upgrade', 'scale', 'canary', 'failures', 'uninstall', 'operations', 'releases', 'gitops', 'bluegreen', 'reachability']

if (skip) console.log(`SKIPPED: ${skip}. e2e/cluster/surroundings.mjs says what to give.`)

const chosen = process.env.ONLY?.split(/[ ,]+/) ?? all
for (const name of skip ? [] : chosen) await import(`./${name}.test.mjs`)

after(async () => {
  closeEntrance()
  if (!skip && !process.env.KEEP) await removeNamespace('--wait=false')
})
