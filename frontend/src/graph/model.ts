import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'

/** A workflow as a drawing: its states, and where each of them leads. */
export const kinds = [
  'agent',
  'tool',
  'workflow',
  'approval',
  'choice',
  'parallel',
  'map',
  'wait',
  'set',
  'succeed',
  'fail',
] as const
export type Kind = (typeof kinds)[number]
export type Path = (string | number)[]
export type LeadKind = 'next' | 'choice' | 'otherwise' | 'rejected' | 'catch'

export type Lead = { from: string; to: string; kind: LeadKind; label: string }
/** `id` names it in the whole workflow, by the names around it: `each/pay`. `at` is where it stands in the text. */
export type State = {
  id: string
  name: string
  kind: Kind | 'unknown'
  about: string
  at: Path
  line: number
  inner: Inner[]
}
/** A branch, or what is done for each item of a map. */
export type Inner = { name: string; machine: Machine }
export type Machine = { start: string; states: State[]; leads: Lead[] }

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value))

/** What can be drawn of a text; null where it is no YAML. */
export function readMachine(yaml: string): Machine | null {
  const lines = new LineCounter()
  const doc = parseDocument(yaml, { lineCounter: lines })
  if (doc.errors.length > 0) return null
  const whole: unknown = doc.toJS()
  if (!isFields(whole)) return null
  return machineOf(whole, [], '', (at) => lineOf(doc, lines, at))
}

/** The line of a key, from 1. */
function lineOf(doc: Document, lines: LineCounter, at: Path): number {
  const around = at.length > 1 ? doc.getIn(at.slice(0, -1), true) : doc.contents
  if (!isMap(around)) return 1
  const pair = around.items.find(({ key }) => isScalar(key) && key.value === at.at(-1))
  const range = isScalar(pair?.key) ? pair.key.range : undefined
  return range ? lines.linePos(range[0]).line : 1
}

function machineOf(fields: Fields, at: Path, around: string, line: (at: Path) => number): Machine {
  const written = isFields(fields.states) ? fields.states : {}
  const names = Object.keys(written)
  const states = names.map((name) => stateOf(name, written[name], [...at, 'states', name], around, line))
  const leads = names.flatMap((name) => leadsOf(around + name, isFields(written[name]) ? written[name] : {}))
  const inside = leads
    .map((lead) => ({ ...lead, to: around + lead.to }))
    .filter(({ to }) => states.some((one) => one.id === to))
  return { start: around + (text(fields.start) || names[0] || ''), states, leads: inside }
}

function stateOf(name: string, written: unknown, at: Path, around: string, line: (at: Path) => number): State {
  const fields = isFields(written) ? written : {}
  const kind = kinds.find((one) => one in fields) ?? 'unknown'
  const id = around + name
  return {
    id,
    name,
    kind,
    about: aboutOf(kind, fields),
    at,
    line: line(at),
    inner: innerOf(kind, fields, at, id, line),
  }
}

function innerOf(kind: State['kind'], fields: Fields, at: Path, id: string, line: (at: Path) => number): Inner[] {
  const own = fields[kind]
  if (!isFields(own)) return []
  if (kind === 'map') return [{ name: '', machine: insideOf(own, [...at, 'map'], `${id}/`, line) }]
  if (kind !== 'parallel') return []
  const branches = own.branches
  if (Array.isArray(branches)) {
    return branches.map((branch: unknown, index) => ({
      name: String(index + 1),
      machine: insideOf(branch, [...at, 'parallel', 'branches', index], `${id}/${index + 1}/`, line),
    }))
  }
  return Object.entries(isFields(branches) ? branches : {}).map(([name, branch]) => ({
    name,
    machine: insideOf(branch, [...at, 'parallel', 'branches', name], `${id}/${name}/`, line),
  }))
}

/** A machine of its own, or a single state, which the engine calls `do`. */
function insideOf(written: unknown, at: Path, around: string, line: (at: Path) => number): Machine {
  const fields = isFields(written) ? written : {}
  if (fields.states) return machineOf(fields, at, around, line)
  return { start: `${around}do`, states: [stateOf('do', fields, at, around, line)], leads: [] }
}

function leadsOf(from: string, fields: Fields): Lead[] {
  const leads: Lead[] = []
  const add = (kind: LeadKind, to: unknown, label = '') => {
    if (typeof to === 'string') leads.push({ from, to, kind, label })
  }
  for (const one of list(fields.choice)) add('choice', one.next, text(one.when))
  add('otherwise', fields.otherwise, 'otherwise')
  add('next', fields.next)
  add('rejected', fields.rejected, 'rejected')
  for (const one of list(fields.catch)) add('catch', one.next, Array.isArray(one.on) ? one.on.join(', ') : 'on failure')
  return leads
}

const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** What a state does, in a few words. */
function aboutOf(kind: State['kind'], fields: Fields): string {
  const own = fields[kind]
  const inside = isFields(own) ? own : {}
  switch (kind) {
    case 'agent':
    case 'tool':
    case 'workflow':
      return text(own)
    case 'approval':
      return text(inside.message)
    case 'map':
      return `for each of ${text(inside.over)}`
    case 'parallel':
      return `join ${text(inside.join) || 'all'}`
    case 'wait':
      return inside.signal ? `for signal ${text(inside.signal)}` : text(inside.for ?? inside.until)
    case 'fail':
      return text(inside.code)
    case 'choice':
    case 'set':
    case 'succeed':
    case 'unknown':
      return ''
  }
}

/** Every state, those inside others after the one they are in. */
export const allStates = (machine: Machine): State[] =>
  machine.states.flatMap((state) => [state, ...state.inner.flatMap((inner) => allStates(inner.machine))])

/** The machine that a state stands in: the whole, a branch, or what is done for each item. */
export function machineAround(machine: Machine, state: State): Machine {
  const found = [machine, ...allStates(machine).flatMap(({ inner }) => inner.map((one) => one.machine))]
  return found.find(({ states }) => states.some(({ id }) => id === state.id)) ?? machine
}

/** The state whose part of the text a line is in. */
export const stateAtLine = (machine: Machine, line: number): State | undefined =>
  allStates(machine)
    .filter((state) => state.line <= line)
    .toSorted((a, b) => a.line - b.line)
    .at(-1)

/** The state that a mistake is about, by its path: `/states/pay/args`. */
export const stateOfPath = (machine: Machine, path: string): State | undefined => {
  const states = allStates(machine)
  const crewed = /^\/crew\/tasks\/([^/]+)/.exec(path)?.[1]
  if (crewed) return states.find((state) => state.id === crewed)
  return states
    .filter((state) => `${path}/`.startsWith(`/${state.at.join('/')}/`))
    .toSorted((a, b) => a.at.length - b.at.length)
    .at(-1)
}
