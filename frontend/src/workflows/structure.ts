import { isMap, isScalar, visit, type Document, type YAMLMap } from 'yaml'
import { change, made, put } from '#/definitions/yamlText'
import { machineAround, type Kind, type Machine, type Path, type State } from '#/graph/model'

/** Changes of what a workflow consists of: states and branches that come, go or change their names. */

const templates: Record<Kind, object> = {
  agent: { agent: 'assistant', input: '${input.message}' },
  tool: { tool: 'clock', args: {} },
  workflow: { workflow: 'other', input: '${input}' },
  approval: { approval: { message: 'Go on?', expires: '24h', otherwise: 'reject' } },
  choice: { choice: [{ when: 'true', next: '' }], otherwise: '' },
  parallel: { parallel: { branches: { first: { set: {} }, second: { set: {} } } } },
  map: { map: { over: '${[1, 2, 3]}', as: 'item', set: { item: '${item}' } } },
  wait: { wait: { for: '10s' } },
  set: { set: { value: '${input}' } },
  succeed: { succeed: {} },
  fail: { fail: { code: 'failed', message: 'It failed' } },
}

/** A name that no other state has: `ask`, `ask2`. */
export function freeName(wanted: string, machine: Machine): string {
  const taken = new Set(machine.states.map(({ name }) => name))
  if (!taken.has(wanted)) return wanted
  let n = 2
  while (taken.has(`${wanted}${n}`)) n++
  return `${wanted}${n}`
}

/** Whether a state stands alone in a branch, whose name for it is `do`. */
export const isAlone = ({ at }: State) => at.at(-2) !== 'states'

/** What leads on from a state may be another: all but ends, and choices, which have their cases. */
const leadsOn = ({ kind }: State) => kind !== 'succeed' && kind !== 'fail' && kind !== 'choice'

/** A state as it is called in the drawing, beside another one. */
export const idBeside = (one: State, name: string) => one.id.slice(0, one.id.length - one.name.length) + name

/** A new state; behind another one it takes that one's place in the way on, wherever that stands. */
export function addState(yaml: string, machine: Machine, name: string, kind: Kind, after?: State): string {
  const around = after ? machineAround(machine, after) : machine
  return change(yaml, (doc) => {
    const at = after && (isAlone(after) ? unfold(doc, after) : after.at)
    const top = at ? at.slice(0, -2) : []
    const isEnd = kind === 'succeed' || kind === 'fail'
    const on: unknown = at && after && leadsOn(after) ? doc.getIn([...at, 'next']) : undefined
    const last = around.states.find((one) => one.kind === 'succeed') ?? around.states.at(-1)
    // Inside others a state that leads nowhere is an end.
    const end = top.length > 0 ? undefined : (last?.name ?? name)
    const to = typeof on === 'string' ? on : end
    const fields: Record<string, unknown> = { ...structuredClone(templates[kind]) }
    if (kind === 'choice') {
      const any = to ?? (isAlone(after!) ? FIRST : after!.name)
      Object.assign(fields, { choice: [{ when: 'true', next: any }], otherwise: any })
    } else if (!isEnd && to) fields.next = to
    doc.setIn([...top, 'states', name], made(doc, fields, kind !== 'choice' && kind !== 'parallel' && kind !== 'map'))
    if (at && after && leadsOn(after)) put(doc, [...at, 'next'], name)
  })
}

const FIRST = 'first'
const OF_MAPS = ['over', 'as', 'atMost', 'tolerate']

/** Makes states of a branch, or of what is done for each item, that is a single one; gives its new place. */
function unfold(doc: Document, state: State): Path {
  const whole = doc.getIn(state.at, true)
  if (!isMap(whole)) return state.at
  const isOfMap = state.at.at(-1) === 'map'
  const stays = whole.items.filter(({ key }) => isOfMap && isScalar(key) && OF_MAPS.includes(String(key.value)))
  const own = doc.createNode({}, { flow: whole.flow ?? false }) as unknown as YAMLMap
  own.items = whole.items.filter((item) => !stays.includes(item))
  whole.items = stays
  whole.flow = false
  doc.setIn([...state.at, 'start'], FIRST)
  doc.setIn([...state.at, 'states'], doc.createNode({}))
  doc.setIn([...state.at, 'states', FIRST], own)
  return [...state.at, 'states', FIRST]
}

/** Takes a state away; what led to it leads to what it led to, or nowhere. */
export function removeState(yaml: string, machine: Machine, state: State): string {
  const { states } = machineAround(machine, state)
  return change(yaml, (doc) => {
    const next: unknown = doc.getIn([...state.at, 'next'])
    const to = typeof next === 'string' && next !== state.name ? next : undefined
    const top = state.at.slice(0, -2)
    doc.deleteIn(state.at)
    if (doc.getIn([...top, 'start']) === state.name)
      put(doc, [...top, 'start'], to ?? states.find((one) => one !== state)?.name)
    lead(
      doc,
      top,
      states.filter((one) => one !== state).map(({ at }) => at),
      state.name,
      to,
    )
  })
}

/** A name as a state may have it, which no state beside it has. */
export const isFree = (name: string, machine: Machine, state: State) =>
  /^[a-z][A-Za-z0-9_]{0,62}$/.test(name) && machineAround(machine, state).states.every((one) => one.name !== name)

/** Gives a state another name, in all that leads to it and in all expressions that speak of it. */
export function renameState(yaml: string, machine: Machine, state: State, name: string): string {
  if (!isFree(name, machine, state) || isAlone(state)) return yaml
  const { states } = machineAround(machine, state)
  return change(yaml, (doc) => {
    const top = state.at.slice(0, -2)
    const named = doc.getIn([...top, 'states'], true)
    const pair = isMap(named) ? named.items.find(({ key }) => isScalar(key) && key.value === state.name) : undefined
    if (!isScalar(pair?.key)) return
    pair.key.value = name
    delete pair.key.source
    if (doc.getIn([...top, 'start']) === state.name) put(doc, [...top, 'start'], name)
    const places = states.map((one) => (one === state ? [...top, 'states', name] : one.at))
    lead(doc, top, places, state.name, name)
    speak(doc, top, state.name, name)
  })
}

/** Lets all that leads to one state lead to another, or nowhere. */
function lead(doc: Document, top: Path, places: Path[], from: string, to: string | undefined) {
  for (const at of [...places, top]) {
    for (const key of ['next', 'otherwise', 'rejected']) {
      if (at !== top && doc.getIn([...at, key]) === from) put(doc, [...at, key], to)
    }
    if (at !== top) redirect(doc, [...at, 'choice'], from, to)
    redirect(doc, [...at, 'catch'], from, to)
  }
}

/** Inside others that have a state of the same name, that one is meant. */
function speak(doc: Document, top: Path, from: string, to: string) {
  const whole = top.length > 0 ? doc.getIn(top, true) : doc.contents
  const spoken = new RegExp(`\\bstates\\.${from}\\b`, 'g')
  visit(whole as YAMLMap, {
    Map: (_, map) => {
      const own = map === whole ? undefined : map.get('states')
      return isMap(own) && own.has(from) ? visit.SKIP : undefined
    },
    Scalar: (key, scalar) => {
      if (key === 'key' || typeof scalar.value !== 'string' || !spoken.test(scalar.value)) return
      scalar.value = scalar.value.replaceAll(spoken, `states.${to}`)
      delete scalar.source
    },
  })
}

function redirect(doc: Document, at: Path, from: string, to: string | undefined) {
  const list: unknown = doc.getIn(at)
  const items = (list as { items?: unknown[] } | undefined)?.items ?? []
  for (let index = items.length - 1; index >= 0; index--) {
    if (doc.getIn([...at, index, 'next']) !== from) continue
    if (to) put(doc, [...at, index, 'next'], to)
    else doc.deleteIn([...at, index])
  }
}

/** One more branch beside those of a parallel. */
export const addBranch = (yaml: string, state: State, name: string): string =>
  change(yaml, (doc) => doc.setIn([...state.at, 'parallel', 'branches', name], made(doc, { set: {} }, true)))

export const removeBranch = (yaml: string, state: State, name: string): string =>
  change(yaml, (doc) => void doc.deleteIn([...state.at, 'parallel', 'branches', name]))
