// The learning cluster in Java, on Pulumi's own stand-in of a cloud.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { call } from './programs.mjs'
import { root } from './standin.mjs'

const has = (program) => {
  try {
    return Boolean(execFileSync('sh', ['-c', `command -v ${program}`]))
  } catch {
    return false
  }
}

test("Pulumi's stack makes the cheapest cluster, with the chart on it", { skip: !has('mvn') && 'Maven is not installed' }, async () => {
  const { code, text } = await call('mvn', ['-q', '-B', '-f', join(root, 'infra/pulumi/pom.xml'), 'test'], { JAVA_HOME: execFileSync(join(root, 'scripts/find-java'), { encoding: 'utf8' }).trim() })
  assert.equal(code, 0, text)
})
