// The rules and dashboards of the chart. promtool of Prometheus is used where PROMTOOL or the path has it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { chartSource, ofKind, refusal, render, set } from './rendering.mjs'
import { dashboards } from './made/dashboards.mjs'

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname
const shipped = parse(readFileSync(join(chartSource, 'files/rules.yaml'), 'utf8')).groups
const alerts = shipped.flatMap(({ rules }) => rules).filter(({ alert }) => alert)
const promtool = process.env.PROMTOOL ?? 'promtool'
const noPromtool = spawnSync(promtool, ['--version']).error && 'no promtool: set PROMTOOL'

test("the chart's rules come as they are, and yours after them", async () => {
  const own = { name: 'own', rules: [{ alert: 'Down', expr: 'up == 0' }] }
  const objects = await render(...set('monitoring.prometheusRule.enabled=true'), '--set-json', `monitoring.prometheusRule.groups=${JSON.stringify([own])}`)
  assert.deepEqual(ofKind(objects, 'PrometheusRule')[0].spec.groups, [...shipped, own])
  const alone = await render(...set('monitoring.prometheusRule.enabled=true', 'monitoring.prometheusRule.shipped=false'), '--set-json', `monitoring.prometheusRule.groups=${JSON.stringify([own])}`)
  assert.deepEqual(ofKind(alone, 'PrometheusRule')[0].spec.groups, [own])
})

test('an object of rules without a rule is refused', async () => {
  assert.match(await refusal(...set('monitoring.prometheusRule.enabled=true', 'monitoring.prometheusRule.shipped=false')), /shipped is false, so there is no rule/)
})

test('every alert says how bad it is, what happened and what to do', () => {
  for (const { alert, labels, annotations } of alerts) {
    assert.ok(['critical', 'warning', 'info'].includes(labels.severity), alert)
    assert.ok(annotations.summary && annotations.description, alert)
  }
})

test('every alert has a test in which it fires and one in which it has resolved', () => {
  const tried = ['rules.test.yaml', 'rules-over-days.test.yaml'].flatMap((file) => parse(readFileSync(join(here, file), 'utf8')).tests)
  for (const { alert } of alerts) {
    const looks = tried.flatMap((one) => [
      ...(one.promql_expr_test ?? []).filter(({ expr }) => expr.includes(`"${alert}"`)).map(({ exp_samples }) => exp_samples.length),
      ...(one.alert_rule_test ?? []).filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length),
    ])
    assert.ok(looks.includes(0) && looks.some((count) => count > 0), alert)
  }
})

test('promtool runs the tests of the rules', { skip: noPromtool }, () => {
  for (const args of [['check', 'rules', join(chartSource, 'files/rules.yaml')], ['test', 'rules', join(here, 'rules.test.yaml'), join(here, 'rules-over-days.test.yaml')]]) {
    const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
  }
})

test('each dashboard is a ConfigMap that the sidecar of Grafana finds', async () => {
  const maps = ofKind(await render(...set('monitoring.dashboards.enabled=true')), 'ConfigMap').filter(({ metadata }) => metadata.labels?.grafana_dashboard)
  const boards = maps.flatMap(({ data }) => Object.values(data)).map((text) => JSON.parse(text))
  assert.deepEqual(boards.map(({ uid }) => uid).sort(), Object.keys(dashboards).map((name) => `wheelhouse-${name}`).sort())
  assert.equal(maps.some(({ metadata }) => metadata.labels?.grafana_dashboard !== '1'), false)
  assert.equal(ofKind(await render(), 'ConfigMap').some(({ metadata }) => metadata.labels?.grafana_dashboard), false)
  for (const { uid, panels } of boards) {
    assert.ok(panels.length <= 24, uid)
    for (const { title, description, datasource, fieldConfig, targets } of panels) {
      const at = `${uid}: ${title}`
      assert.ok(description && fieldConfig.defaults.unit, at)
      assert.equal(datasource.uid, '${datasource}', at)
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, at)
      for (const { expr } of targets) {
        assert.ok(expr.includes('namespace=~"$namespace"') || expr.includes('vector(0)'), at)
        assert.ok(!expr.includes('rate(') || expr.includes('[$__rate_interval]'), at)
      }
    }
  }
})
