import { graphlib, layout } from '@dagrejs/dagre'
import { LABEL_HEIGHT, labelOf, linesOf, loopRoom, loopsOf, moved, type Line, type Point, type Way } from './lines'
import type { Lead, Machine, State } from './model'

/** A state at its place, from the left upper corner of what it stands in. */
export type Placed = { state: State; x: number; y: number; width: number; height: number; in?: string }
/** A branch in a frame: its name above its states. */
export type Frame = { id: string; name: string; x: number; y: number; width: number; height: number; in: string }
/** Lines are where they are in the whole drawing, whatever they stand in. */
export type Drawn = { states: Placed[]; frames: Frame[]; lines: Line[]; width: number; height: number }

const WIDTH = 196
const HEIGHT = 62
const HEAD = 70
const EDGE = 14

/** From top to bottom; what is inside a state is laid out first, and its state is as large as that needs. */
export function draw(machine: Machine, around?: string): Drawn {
  const insides = new Map(machine.states.map((state) => [state.id, inside(state)]))
  const graph = graphOf(machine, insides)
  layout(graph)
  const outer = new Map(machine.states.map(({ id }) => [id, graph.node(id) as Box]))
  const boxes = new Map(
    machine.states.map((state) => [state.id, within(outer.get(state.id)!, machine, state, insides)]),
  )
  const ways = machine.leads.filter(isBetween).map((lead, index): Way => {
    const { points = [], x, y, width, height } = graph.edge(lead.from, lead.to, String(index)) as Laid
    const [from, to] = [boxes.get(lead.from)!, boxes.get(lead.to)!]
    return { lead, from, to, between: points.slice(1, -1), ...(width ? { label: { x, y, width, height } } : {}) }
  })
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const lines = linesOf(ways, [...outer.values()])
  for (const { id } of machine.states) lines.push(...loopsOf(loops(machine, id), boxes.get(id)!))
  const drawn: Drawn = { states: [], frames: [], lines, width, height }
  for (const state of machine.states) {
    const { x, y, width: wide, height: high } = boxes.get(state.id)!
    const place = { x: x - wide / 2, y: y - high / 2, width: wide, height: high }
    const inner = insides.get(state.id)!
    drawn.states.push({ state, ...place, ...(around ? { in: around } : {}) }, ...inner.states)
    drawn.frames.push(...inner.frames)
    drawn.lines.push(...inner.lines.map((line) => moved(line, place.x, place.y)))
  }
  return drawn
}

type Box = Point & { width: number; height: number }
const isBetween = ({ from, to }: Lead) => from !== to
const loops = (machine: Machine, id: string) => machine.leads.filter(({ from, to }) => from === id && to === id)

function sizeOf(state: State, insides: Map<string, Drawn>) {
  const { width, height } = insides.get(state.id)!
  return { width: Math.max(WIDTH, width), height: height > 0 ? HEAD + height : HEIGHT }
}

/** The state's own place in the room that it was given: what leads back to it stands at its right. */
function within(room: Box, machine: Machine, state: State, insides: Map<string, Drawn>): Box {
  const aside = loopRoom(loops(machine, state.id)).width
  return { ...sizeOf(state, insides), x: room.x - aside / 2, y: room.y }
}

type Laid = { points?: Point[]; x: number; y: number; width: number; height: number }

/** Labels have room of their own in it, as states have. */
function graphOf(machine: Machine, insides: Map<string, Drawn>): graphlib.Graph {
  const graph = new graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 32, edgesep: 16, ranksep: 60, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const state of machine.states) {
    const { width, height } = sizeOf(state, insides)
    const aside = loopRoom(loops(machine, state.id))
    graph.setNode(state.id, { width: width + aside.width, height: Math.max(height, aside.height) })
  }
  machine.leads.filter(isBetween).forEach((lead, index) => {
    const label = labelOf(lead)
    const size = label ? { width: label.width, height: LABEL_HEIGHT, labelpos: 'c' } : {}
    graph.setEdge(lead.from, lead.to, { weight: lead.kind === 'catch' ? 1 : 3, minlen: 1, ...size }, String(index))
  })
  return graph
}

/** The machines inside a state, side by side. */
function inside(state: State): Drawn {
  const all: Drawn = { states: [], frames: [], lines: [], width: 0, height: 0 }
  let left = EDGE
  for (const one of state.inner) {
    const id = `${state.id}/${one.name}#`
    const own = draw(one.machine, id)
    const top = one.name ? 26 : 0
    all.frames.push({ id, name: one.name, x: left, y: HEAD, width: own.width, height: own.height + top, in: state.id })
    all.states.push(...own.states.map((each) => (each.in === id ? { ...each, y: each.y + top } : each)))
    all.frames.push(...own.frames)
    all.lines.push(...own.lines.map((line) => moved(line, left, HEAD + top)))
    left += own.width + EDGE
    all.height = Math.max(all.height, own.height + top + EDGE)
  }
  return { ...all, width: state.inner.length > 0 ? left : 0 }
}
