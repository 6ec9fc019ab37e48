/** The words of the API, as `docs/openapi.json` describes them. Nothing else in the console declares the shape of an answer. */

export type RunState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'
export type StepState = 'started' | 'running' | 'succeeded' | 'failed' | 'unknown' | 'cancelled'
export type StepKind = 'model' | 'tool' | 'wait'
export type Effect = 'read' | 'keyed' | 'unkeyed'
export type Scope = 'read' | 'run' | 'build' | 'admin'

export type Page<T> = { data: T[]; has_more: boolean; next_cursor: string | null }

export type ProblemError = { path?: string; line?: number; column?: number; message: string; hint?: string }
export type Problem = {
  type: string
  title: string
  status: number
  detail?: string
  hint?: string
  instance?: string
  requestId?: string
  errors?: ProblemError[]
}

export type Usage = { inputTokens: number; cachedTokens: number; outputTokens: number }
export type Cost = { microUnits: number; currency: string }
export type Failure = { code: string; message: string; hint?: string }
export type InputMessage = { role: 'user' | 'assistant'; content: string }
export type Waiting = { reason: 'timer' | 'outcome_unknown'; until: string | null; step: number | null }

export type Run = {
  id: string
  agent: string
  revision: number
  thread: string
  state: RunState
  input: InputMessage[]
  output: string | null
  error: Failure | null
  waiting: Waiting | null
  usage: Usage
  steps: number
  cost: Cost | null
  metadata: Record<string, string>
  replica: string | null
  epoch: number
  lastSeq: number
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

export type ToolCall = { id: string; name: string; arguments: Record<string, unknown> }
export type ModelOutput = { text: string; toolCalls: ToolCall[]; finish: 'stop' | 'tool_calls' | 'length' }
export type StepModel = { alias: string; provider: string; name: string; demo: boolean }

/** A step as the console shows it: what the log leaves out because it is null or known otherwise is filled in. */
export type Step = {
  number: number
  kind: StepKind
  name: string
  state: StepState
  effect: Effect
  call: string | null
  attempt: number
  epoch: number
  replica: string | null
  startedAt: string
  endedAt: string | null
  durationMs: number | null
  input: unknown
  output: unknown
  error: Failure | null
  usage: Usage | null
  cost: Cost | null
  model: StepModel | null
}

/** A step as the log has it. Fields that are null may be absent; who carried it stands in the run's own events. */
export type LoggedStep = Pick<Step, 'number' | 'kind' | 'name' | 'state'> & Partial<Step>

type EventOf<Type extends string, Data> = { seq: number; run: string; at: string; type: Type; data: Data }
export type RunEvent =
  | EventOf<
      'run.created',
      {
        input?: InputMessage[]
        thread?: string
        agent?: string
        revision?: number
        metadata?: Record<string, string>
        replica?: string | null
        epoch?: number
      }
    >
  | EventOf<'run.claimed', { replica: string; epoch: number; reason: 'queued' | 'takeover' | 'woken' }>
  | EventOf<'run.released', { replica: string }>
  | EventOf<'step.started' | 'step.succeeded' | 'step.failed' | 'step.unknown', { step: LoggedStep }>
  | EventOf<'run.waiting', Pick<Waiting, 'reason'> & Partial<Waiting>>
  | EventOf<'run.succeeded', { output?: string | null }>
  | EventOf<'run.failed', { error: Failure }>
  | EventOf<'run.cancelled', Record<string, never>>

/** Live only, never in the log: the text so far of a step that is not committed yet. */
export type Delta = { run: string; step: number; offset: number; text: string }

export type Message = { role: 'user' | 'assistant'; content: string; run: string; at: string }
export type Thread = {
  id: string
  title: string
  agent: string
  createdAt: string
  updatedAt: string
  activeRun: string | null
  lastRun: { id: string; state: RunState } | null
}
export type ThreadRun = { run: Run; events: RunEvent[] }

export type Agent = {
  name: string
  description: string
  published: number | null
  latest: number
  model: string
  tools: string[]
  updatedAt: string
  definition?: Definition
  yaml?: string
  revision?: number
}
export type Definition = {
  name: string
  description: string
  instructions: string
  model: string
  tools?: string[]
  limits?: { steps?: number; tokens?: number; time?: string; repeats?: number }
  http_fetch?: { allow: string[] }
}
export type Revision = { agent: string; revision: number; published: boolean; createdAt: string; yaml?: string }

export type Tool = {
  name: string
  description: string
  effect: Effect
  schema: unknown
  available: boolean
  reason: string | null
  timeoutMs: number
}
export type Prices = { version: string; input: number; cachedInput: number; output: number }
export type ModelTarget = {
  provider: string
  name: string
  url: string | null
  state: 'ready' | 'cooling'
  prices: Prices | null
}
export type Model = { alias: string; demo: boolean; targets: ModelTarget[] }

export type Key = {
  id: string
  name: string
  prefix: string
  scopes: Scope[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}
export type NewKey = Key & { secret: string }
export type Session = {
  tenant: string
  authMode: 'none' | 'keys'
  name: string
  scopes: Scope[]
  csrfToken: string | null
}

export type Info = {
  name: string
  version: string
  authMode: 'none' | 'keys'
  demo: boolean
  replica: string
  replicas: number
  startedAt: string
}
export type Readiness = {
  status: 'ready' | 'not ready'
  checks: { name: string; ok: boolean; message: string | null }[]
}
