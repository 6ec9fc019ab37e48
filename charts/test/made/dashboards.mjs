// The dashboards of the chart, by Grafana's typed builders: each panel has a unit and says what it shows. `make gen-chart` writes them into
// charts/wheelhouse/files/dashboards; scripts/try-dashboards asks a Prometheus that read the real backend for every expression.

import { DashboardBuilder, DatasourceVariableBuilder, QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

const source = { type: 'prometheus', uid: '${datasource}' }
const api = 'http_route!~"/chat|/v1/.*|.*/events|.*/runs|/metrics|/ready|/health|/info|none"'
const place = 'namespace=~"$namespace"'
const who = `${place},tenant=~"$tenant"`
const each = (metric, labels, by) => `sum by (${by}) (rate(${metric}{${labels}}[$__rate_interval]))`
const p = (share, metric, labels, by = '') =>
  `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (rate(${metric}_bucket{${labels}}[$__rate_interval])))`
const halfAndMost = (metric, labels) => [
  [p(0.5, metric, labels), 'p50'],
  [p(0.95, metric, labels), 'p95'],
]
const one = (expression, legend) => [[expression, legend]]

const runs = 'wheelhouse_runs'
const http = 'http_server_request_duration_seconds'
const call = 'gen_ai_client_operation_duration_seconds'
const sql = 'wheelhouse_database_duration_seconds'

/** Title, unit, what it shows, and its expressions with their legends. */
const panel = {
  runsEnded: ['Runs ended', 'ops', 'Runs that ended each second, by how.', one(each(`${runs}_ended_total`, who, 'state'), '{{state}}')],
  runTime: ['Time of runs', 's', 'From creation to end, without waiting for people. Target: 5 s.', halfAndMost(`${runs}_duration_seconds`, who)],
  apiTime: ['Time of API requests', 's', 'Without routes that last as long as an agent. Target: p95 of 300 ms.', halfAndMost(http, `${place},${api}`)],
  errors: [
    'Errors', 'ops', 'Requests answered with 5xx, and failed tries of models.',
    [
      [`sum(rate(${http}_count{${place},http_response_status_code=~"5.."}[$__rate_interval])) or vector(0)`, 'answers 5xx'],
      [`sum(rate(wheelhouse_models_tries_failed_total{${who}}[$__rate_interval])) or vector(0)`, 'tries of models'],
    ],
  ],
  oldest: ['Oldest run that waits for a replica', 's', 'Above some seconds there are too few replicas.', one(`max(${runs}_oldest_due_seconds{${place}})`, 'oldest')],
  version: ['Replicas by version', 'short', 'What runs now.', one(`sum by (version) (wheelhouse_build_info{${place}})`, '{{version}}')],
  started: ['Runs started', 'ops', 'Runs that began each second, by agent.', one(each(`${runs}_started_total`, who, 'agent'), '{{agent}}')],
  failed: ['Runs failed', 'ops', 'Runs that failed each second, by agent.', one(each(`${runs}_ended_total`, `${who},state="failed"`, 'agent'), '{{agent}}')],
  atOnce: ['Runs under way', 'short', 'On each replica, right now.', one(`${runs}_at_once{${place}}`, '{{pod}}')],
  waiting: ['Runs that wait', 'short', 'Over all replicas, by what they wait for.', one(`max by (why) (${runs}_waiting{${place}})`, '{{why}}')],
  steps: ['Steps committed', 'ops', 'Each second, by kind.', one(each('wheelhouse_steps_ended_total', who, 'kind'), '{{kind}}')],
  stepTime: ['Time of steps, p95', 's', 'By kind.', one(p(0.95, 'wheelhouse_steps_duration_seconds', who, 'kind'), '{{kind}}')],
  takenOver: ['Runs taken over', 'ops', 'From replicas that were lost.', one(`sum(rate(${runs}_taken_over_total{${who}}[$__rate_interval]))`, 'taken over')],
  stale: ['Stale writes refused', 'ops', 'Of replicas that had lost their run: refused, as they must be.', one(`sum(rate(${runs}_stale_writes_rejected_total{${place}}[$__rate_interval]))`, 'refused')],
  approvals: ['Open approvals', 'short', 'That wait for a decision, over all replicas.', one(`max by (tenant) (wheelhouse_approvals_open{${who}}) or vector(0)`, '{{tenant}}')],
  oldestApproval: ['Oldest open approval', 's', 'How long it has been open.', one(`max(wheelhouse_approvals_oldest_seconds{${place}})`, 'oldest')],
  calls: ['Calls of models', 'ops', 'Each second, by model; failed tries are told by their reason.', one(each(`${call}_count`, who, 'gen_ai_request_model, error_type'), '{{gen_ai_request_model}} {{error_type}}')],
  callTime: ['Time of model calls, p95', 's', 'By model.', one(p(0.95, call, who, 'gen_ai_request_model'), '{{gen_ai_request_model}}')],
  firstText: ['Until the first text, p95', 's', 'By model.', one(p(0.95, 'gen_ai_client_operation_time_to_first_chunk_seconds', who, 'gen_ai_request_model'), '{{gen_ai_request_model}}')],
  tokens: ['Tokens', 'ops', 'Each second, by kind.', one(each('wheelhouse_models_tokens_total', who, 'kind'), '{{kind}}')],
  cost: ['Cost in an hour', 'short', 'In the currency of your prices, by model.', one(`sum by (gen_ai_request_model) (increase(wheelhouse_models_cost_micros_total{${who}}[1h])) / 1e6`, '{{gen_ai_request_model}}')],
  unpriced: ['Calls without a price', 'ops', 'Models whose price nobody has said: their cost is unknown, not 0.', one(each('wheelhouse_models_cost_unknown_total', who, 'gen_ai_request_model'), '{{gen_ai_request_model}}')],
  requests: ['Requests', 'reqps', 'By status.', one(each(`${http}_count`, place, 'http_response_status_code'), '{{http_response_status_code}}')],
  routes: ['Time of requests by route, p95', 's', 'The ten slowest.', one(`topk(10, ${p(0.95, http, `${place},${api}`, 'http_route')})`, '{{http_route}}')],
  busiest: ['Requests by route', 'reqps', 'The ten busiest.', one(`topk(10, ${each(`${http}_count`, place, 'http_route')})`, '{{http_route}}')],
  streams: ['Streams', 'short', 'Clients that follow runs, on each replica.', one(`wheelhouse_streams_open{${place}}`, '{{pod}}')],
  refused: ['Credentials refused', 'ops', 'By reason.', one(each('wheelhouse_auth_refused_total', place, 'reason'), '{{reason}}')],
  sqlTime: ['Time of statements and transactions', 's', 'Target: p95 of 50 ms.', halfAndMost(sql, place)],
  stores: ['By store, p95', 's', 'The package whose store it is.', one(p(0.95, sql, place, 'store'), '{{store}}')],
  statements: ['Statements and transactions', 'ops', 'Each second, by store.', one(each(`${sql}_count`, place, 'store'), '{{store}}')],
  connections: ['Connections', 'short', 'Of all replicas, by pool and state.', one(`sum by (pool, state) (wheelhouse_database_connections{${place}})`, '{{pool}} {{state}}')],
  waits: ['Waiting for a connection, p95', 's', 'By pool.', one(p(0.95, 'wheelhouse_database_wait_seconds', place, 'pool'), '{{pool}}')],
  heap: ['Memory of the process', 'bytes', 'Heap and the rest, of each replica.', one(`sum by (pod, area) (jvm_memory_used_bytes{${place}})`, '{{pod}} {{area}}')],
  cpu: ['CPU', 'short', 'Cores in use by each replica.', one(`rate(process_cpu_seconds_total{${place}}[$__rate_interval])`, '{{pod}}')],
  tenantRuns: ['Runs by tenant', 'ops', 'The ten busiest.', one(`topk(10, ${each(`${runs}_started_total`, who, 'tenant')})`, '{{tenant}}')],
  tenantTime: ['Time of runs by tenant, p95', 's', 'The ten slowest.', one(`topk(10, ${p(0.95, `${runs}_duration_seconds`, who, 'tenant')})`, '{{tenant}}')],
  tenantTokens: ['Tokens by tenant', 'ops', 'The ten that use most.', one(`topk(10, ${each('wheelhouse_models_tokens_total', who, 'tenant')})`, '{{tenant}}')],
  tenantCost: ['Cost in an hour by tenant', 'short', 'In the currency of your prices; the ten that spend most.', one(`topk(10, sum by (tenant) (increase(wheelhouse_models_cost_micros_total{${who}}[1h]))) / 1e6`, '{{tenant}}')],
  tenantFailed: ['Failed runs by tenant', 'ops', 'The ten with most.', one(`topk(10, ${each(`${runs}_ended_total`, `${who},state="failed"`, 'tenant')})`, '{{tenant}}')],
}

/** By their uid, the title and the panels, two in a row. */
export const dashboards = {
  overview: ['Overview', ['runsEnded', 'runTime', 'apiTime', 'errors', 'sqlTime', 'oldest', 'cpu', 'version']],
  runs: ['Runs and engine', ['started', 'failed', 'runTime', 'atOnce', 'waiting', 'oldest', 'steps', 'stepTime', 'takenOver', 'stale', 'approvals', 'oldestApproval']],
  models: ['Models and cost', ['calls', 'callTime', 'firstText', 'tokens', 'cost', 'unpriced']],
  http: ['HTTP and streams', ['requests', 'apiTime', 'routes', 'busiest', 'streams', 'refused']],
  postgres: ['Postgres', ['sqlTime', 'stores', 'statements', 'connections', 'waits', 'heap']],
  tenants: ['Tenants', ['tenantRuns', 'tenantTime', 'tenantTokens', 'tenantCost', 'tenantFailed', 'approvals']],
}

function built([title, unit, description, targets]) {
  const made = new PanelBuilder().title(title).unit(unit).description(description).datasource(source).height(8).span(12).min(0)
  targets.forEach(([expression, legend], at) =>
    made.withTarget(new DataqueryBuilder().expr(expression).legendFormat(legend).refId(String.fromCharCode(65 + at))),
  )
  return made
}

const variable = (name, label, query) =>
  new QueryVariableBuilder(name).label(label).datasource(source).query(query).includeAll(true).allValue('.*').multi(true)

export function dashboardText(name) {
  const [title, panels] = dashboards[name]
  const board = new DashboardBuilder(`Wheelhouse: ${title}`)
    .uid(`wheelhouse-${name}`)
    .tags(['wheelhouse'])
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(variable('namespace', 'Namespace', 'label_values(wheelhouse_build_info, namespace)'))
    .withVariable(variable('tenant', 'Tenant', 'label_values(wheelhouse_runs_ended_total, tenant)'))
  for (const key of panels) board.withPanel(built(panel[key]))
  return `${JSON.stringify(board.build(), null, 1)}\n`
}
