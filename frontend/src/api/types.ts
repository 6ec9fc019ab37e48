import type * as api from '#/api/generated/types.gen'

/**
 * The words of the API. They come from `docs/openapi.json` by `npm run gen`; here stands only what OpenAPI cannot say:
 * which data belongs to which event, and the live news of a stream.
 */
export type {
  Adaptation,
  Agent,
  BegunSignIn,
  Branch,
  Citation,
  Collection,
  Cost,
  Definition,
  Delivery,
  Document,
  DocumentText,
  GradedQuestion,
  GradedQuestions,
  GradeReport,
  Failure,
  Feedback,
  FireTrigger,
  Firing,
  FoundRun,
  Info,
  InstallationHealth,
  Key,
  Memory,
  MemoryPage,
  Model,
  ModelTest,
  NewKey,
  Prices,
  Rating,
  Readiness,
  Revision,
  RunState,
  Said,
  Scope,
  SearchAnswer,
  SearchHit,
  Secret,
  SentMessage,
  Session,
  StepModel,
  StepRequest,
  Target,
  Thread,
  Tool,
  ToolServer,
  ToolServerBrief,
  ToolState,
  ToolTest,
  Trial,
  Trigger,
  Usage,
  UsageReport,
  Used,
  ImportedCrew,
  Webhook,
  WebhookEvent,
  Why,
  Workflow,
  WorkflowRevision,
} from '#/api/generated/types.gen'

export type ProblemError = api.Problem['errors'][number]
/** Also made up by the console from an answer that is no problem, such as one of a proxy; then it knows less. */
export type Problem = Pick<api.Problem, 'type' | 'title' | 'status'> & Partial<api.Problem>
export type Effect = api.Step['effect']
export type StepKind = api.Step['kind']
export type StepState = api.Step['state']

export type Page<T> = { data: T[]; hasMore: boolean; nextCursor: string | null }

export type ToolCall = { id: string; name: string; arguments: Record<string, unknown> }
export type ModelOutput = {
  text: string
  toolCalls: ToolCall[]
  finish: 'stop' | 'tool_calls' | 'length'
  /** What the model let be seen of how it came to it. */
  thoughts?: string
}

/** A step as the log has it. Fields that are null may be absent; who carried it stands in the run's own events. */
export type LoggedStep = Pick<api.Step, 'number' | 'kind' | 'name' | 'state'> & Partial<api.Step>

/** A step as the console shows it: what the log leaves out is filled in from the run as it stood. */
export type Step = Required<Omit<api.Step, 'startedAt' | 'sleepMs' | 'askedBy'>> & {
  startedAt: string
  epoch: number
  replica: string | null
}

export type Waiting = Pick<api.Waiting, 'reason' | 'until'> & { step: number | null; steps?: number[] }

export type Run = Omit<api.Run, 'waiting'> & { waiting: Waiting | null }
export type Origin = api.Origin
export type WaitingReason = NonNullable<api.FoundRun['waiting']>['reason']
export type LimitName = keyof api.RunLimits

export type ApprovalState = api.ApprovalState
export type DecisionWord = 'approve' | 'reject' | 'happened' | 'again' | 'stop'
/** A question to a person. What OpenAPI cannot say: arguments are objects, a word is one of a few. */
export type Approval = Omit<
  api.Approval,
  'arguments' | 'original' | 'schema' | 'effect' | 'otherwise' | 'decision' | 'answer'
> & {
  arguments?: Record<string, unknown> | null
  original?: Record<string, unknown> | null
  schema?: Record<string, unknown> | null
  effect?: Effect | null
  otherwise?: 'approve' | 'reject' | null
  decision?: DecisionWord | null
  answer?: unknown
}
export type Decision = {
  decision: DecisionWord
  reason?: string
  arguments?: Record<string, unknown>
  answer?: unknown
}

export type Budget = api.Budget
export type BudgetScope = Budget['scope']
export type BudgetUnit = Budget['unit']
export type BudgetPeriod = Budget['period']
export type Spent = Pick<Budget, 'spent' | 'reserved' | 'left'>

export type ComparedStep = api.StepPair
export type Comparison = api.Comparison

type EventOf<Type extends api.Event['type'], Data> = { seq: number; run: string; at: string; type: Type; data: Data }
export type RunEvent =
  | EventOf<'run.created', { input?: api.Said[]; replica?: string | null; epoch?: number }>
  | EventOf<'run.claimed', { replica: string; epoch: number; reason: 'queued' | 'takeover' | 'woken' }>
  | EventOf<'run.released', { replica: string }>
  | EventOf<'step.started' | 'step.succeeded' | 'step.failed' | 'step.unknown', { step: LoggedStep }>
  | EventOf<'run.waiting', Pick<Waiting, 'reason'> & Partial<Waiting>>
  | EventOf<'run.succeeded', { output?: string | null; structuredOutput?: unknown; truncated?: boolean }>
  | EventOf<'run.failed', { error: api.Failure }>
  | EventOf<'run.cancelled', Record<string, never>>

/** Live only, never in the log: the text so far of a step that is not committed yet. */
export type Delta = { run: string; step: number; offset: number; text: string }

/** A turn of a thread: a run with its log. */
export type Turn = { run: Run; events: RunEvent[] }
