import type { Step } from '#/api/types'
import type { Kind, Machine, State } from './model'

/** How far a run is with a state. `none`: it was not entered yet; `skipped`: it never will be. */
export type Progress = 'none' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped'
/** @param done,failed,open how many items, where it is done for several */
export type StateProgress = { progress: Progress; steps: number[]; visits: number; items?: Items }
export type Items = { done: number; failed: number; open: number }

const waits: (Kind | 'unknown')[] = ['wait', 'approval']

/** By the id of the state. Steps say by their `call` where they belong: `judge#3`, `pay~2`, `each/7/pay`, `pay:timeout`. */
export function progressOf(machine: Machine, steps: Step[], hasEnded: boolean): Map<string, StateProgress> {
  const found = new Map<string, { state: State; item: string; visit: string; step: Step; extra: string }[]>()
  for (const step of steps) {
    const place = step.call ? placeOf(machine, step.call) : null
    if (!place) continue
    const list = found.get(place.state.id) ?? []
    list.push({ ...place, step })
    found.set(place.state.id, list)
  }
  const result = new Map<string, StateProgress>()
  fill(machine, found, hasEnded, result)
  return result
}

type Found = Map<string, { state: State; item: string; visit: string; step: Step; extra: string }[]>

function fill(machine: Machine, found: Found, hasEnded: boolean, result: Map<string, StateProgress>): StateProgress[] {
  return machine.states.flatMap((state) => {
    const inner = state.inner.flatMap((one) => fill(one.machine, found, hasEnded, result))
    const own = oneOf(state, found.get(state.id) ?? [], hasEnded)
    const begun = inner.some(({ progress }) => progress !== 'none' && progress !== 'skipped')
    const all =
      own.progress === 'done' || own.progress === 'failed' || !begun ? own : { ...own, progress: open(hasEnded) }
    result.set(state.id, all)
    return [all, ...inner]
  })
}

const open = (hasEnded: boolean): Progress => (hasEnded ? 'failed' : 'running')

function oneOf(state: State, list: NonNullable<ReturnType<Found['get']>>, hasEnded: boolean): StateProgress {
  if (list.length === 0) return { progress: hasEnded ? 'skipped' : 'none', steps: [], visits: 0 }
  const steps = list.map(({ step }) => step.number)
  const visits = new Set(list.map(({ item, visit }) => `${item}#${visit}`)).size
  const last = new Map<string, Progress>()
  for (const { item, step, extra } of list) {
    const one = ofStep(state.kind, step, extra)
    if (one) last.set(item, one)
  }
  const counts = [...last.values()]
  const count = (...progress: Progress[]) => counts.filter((one) => progress.includes(one)).length
  const items = { done: count('done'), failed: count('failed'), open: count('running', 'waiting') }
  const progress = count('running')
    ? 'running'
    : count('waiting')
      ? 'waiting'
      : counts.length === 0
        ? open(hasEnded)
        : items.failed > 0 && items.done === 0
          ? 'failed'
          : 'done'
  const isMany = last.size > 1 || [...last.keys()].some((item) => item !== '')
  return { progress, steps, visits, ...(isMany ? { items } : {}) }
}

/** What one step says of its state; null where it only helps, such as a timer that was not needed. */
function ofStep(kind: State['kind'], step: Step, extra: string): Progress | null {
  const isOpen = step.state === 'started' || step.state === 'running'
  if (extra === 'over') return 'failed'
  if (extra === 'approval') return isOpen ? 'waiting' : null
  if (extra === 'pause') return isOpen ? 'waiting' : null
  if (extra !== '') return null
  if (isOpen) return waits.includes(kind) ? 'waiting' : 'running'
  if (step.state === 'succeeded') return 'done'
  return 'failed'
}

type Place = { state: State; item: string; visit: string; extra: string }

function placeOf(machine: Machine, call: string): Place | null {
  const [path = '', extra = ''] = call.split(':', 2)
  const parts = path.split('/')
  let within: Machine | undefined = machine
  const items: string[] = []
  let found: State | undefined
  let visit = '1'
  for (let at = 0; at < parts.length; at++) {
    const [, name = '', number = '1'] = /^([^#~^]*)(?:#(\d+))?/.exec(parts[at]!) ?? []
    found = within?.states.find((state) => state.name === name)
    if (!found) return null
    visit = number
    if (at === parts.length - 1) break
    at++
    const branch: string = parts[at]!
    if (found.kind === 'map') items.push(branch)
    within = found.kind === 'map' ? found.inner[0]?.machine : found.inner.find((one) => one.name === branch)?.machine
  }
  return found ? { state: found, item: items.join('/'), visit, extra } : null
}
