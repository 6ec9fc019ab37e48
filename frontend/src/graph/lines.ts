import type { Lead } from './model'

export type Point = { x: number; y: number }
/** A piece of a line as SVG has it: start, two points that pull, end. */
export type Curve = readonly [Point, Point, Point, Point]
/** What is written on a line, around its middle; `whole` is what it would be with more room. */
export type Label = { text: string; whole: string; x: number; y: number; width: number; height: number }
export type Line = { lead: Lead; curves: Curve[]; label?: Label }

type Box = Point & { width: number; height: number }
/** From where to where the states, or the labels, of one row reach. */
type Row = { y: number; top: number; bottom: number }
/** The way of a lead as the layout has it: through the rows between its two states. */
export type Way = { lead: Lead; from: Box; to: Box; between: Point[]; label?: Box }

/** How far out a line goes that leads back to the same state; its labels stand behind that, one below the other. */
const LOOP = 26
const LOOP_ROW = 20

const LONGEST = 26
const LETTER = 6.7
const PORTS = 26
export const LABEL_HEIGHT = 18

/** What is written on a lead, and how wide that is. */
export function labelOf(lead: Lead): { text: string; whole: string; width: number } | null {
  if (!lead.label) return null
  const short = lead.label.replaceAll(/\bstates\.(\w+)\.output\b/g, '$1').replaceAll(/\s+/g, ' ')
  const text = short.length > LONGEST ? `${short.slice(0, LONGEST - 1)}…` : short
  return { text, whole: lead.label, width: Math.ceil(text.length * LETTER) + 10 }
}

/** The room that a state needs at its right, and in all its height, for lines that lead back to it. */
export function loopRoom(leads: Lead[]): { width: number; height: number } {
  if (leads.length === 0) return { width: 0, height: 0 }
  return {
    width: LOOP + 8 + Math.max(...leads.map((lead) => labelOf(lead)?.width ?? 0)),
    height: leads.length * LOOP_ROW,
  }
}

/** Of leads from one state to the same. */
export const loopsOf = (leads: Lead[], state: Box): Line[] =>
  leads.map((lead, at) => {
    const label = labelOf(lead)
    const right = state.x + state.width / 2
    const y = state.y + (at - (leads.length - 1) / 2) * LOOP_ROW
    const x = right + LOOP + 4 + (label?.width ?? 0) / 2
    return { lead, curves: [around(state)], ...(label ? { label: { ...label, x, y, height: LABEL_HEIGHT } } : {}) }
  })

/** Lines go straight through the rows and aside only between them, where nothing stands. */
export function linesOf(ways: Way[], boxes: Box[]): Line[] {
  const rows = rowsOf([...boxes, ...ways.flatMap(({ label }) => (label ? [label] : []))])
  const ports = portsOf(ways)
  return ways.map((way, at) => {
    const label = labelOf(way.lead)
    const { x = 0, y = 0 } = way.label ?? {}
    return {
      lead: way.lead,
      curves: through(way, rows, ports[at]!),
      ...(label && way.label ? { label: { ...label, x, y, height: LABEL_HEIGHT } } : {}),
    }
  })
}

function rowsOf(boxes: Box[]): Row[] {
  const rows: Row[] = []
  for (const { y, height } of boxes) {
    const row = rows.find((one) => Math.abs(one.y - y) < 1)
    const [top, bottom] = [y - height / 2, y + height / 2]
    if (!row) rows.push({ y, top, bottom })
    else Object.assign(row, { top: Math.min(row.top, top), bottom: Math.max(row.bottom, bottom) })
  }
  return rows
}

const rowAt = (rows: Row[], y: number): Row => rows.find((row) => Math.abs(row.y - y) < 1) ?? { y, top: y, bottom: y }

type Ports = { start: number; end: number }

/** Where lines leave and reach a state: side by side, in the order of where they go. */
function portsOf(ways: Way[]): Ports[] {
  const ports = ways.map(({ from, to }) => ({ start: from.x, end: to.x }))
  const sides = new Map<string, { box: Box; toward: number; set: (x: number) => void }[]>()
  ways.forEach(({ lead, from, to, between }, at) => {
    const down = to.y > from.y
    const add = (key: string, box: Box, toward: number, set: (x: number) => void) =>
      sides.set(key, [...(sides.get(key) ?? []), { box, toward, set }])
    add(`${lead.from} ${down}`, from, between[0]?.x ?? to.x, (x) => (ports[at]!.start = x))
    add(`${lead.to} ${!down}`, to, between.at(-1)?.x ?? from.x, (x) => (ports[at]!.end = x))
  })
  for (const side of sides.values()) {
    const room = Math.min(PORTS, (side[0]!.box.width - 40) / side.length)
    side
      .toSorted((a, b) => a.toward - b.toward)
      .forEach(({ box, set }, at) => set(box.x + (at - (side.length - 1) / 2) * room))
  }
  return ports
}

function through({ from, to, between }: Way, rows: Row[], { start, end }: Ports): Curve[] {
  const down = to.y > from.y
  const near = (row: Row) => (down ? row.top : row.bottom)
  const far = (row: Row) => (down ? row.bottom : row.top)
  const edge = (box: Box, isFar: boolean) => box.y + ((down === isFar ? 1 : -1) * box.height) / 2
  const stops: Point[] = [
    { x: start, y: edge(from, true) },
    { x: start, y: far(rowAt(rows, from.y)) },
    ...between.flatMap(({ x, y }) => {
      const row = rowAt(rows, y)
      return [
        { x, y: near(row) },
        { x, y: far(row) },
      ]
    }),
    { x: end, y: near(rowAt(rows, to.y)) },
    { x: end, y: edge(to, false) },
  ]
  // A last piece without length would leave the arrow's head without a direction.
  return stops
    .slice(1)
    .map((stop, at) => bend(stops[at]!, stop))
    .filter((curve) => Math.abs(curve[0].x - curve[3].x) + Math.abs(curve[0].y - curve[3].y) > 0.5)
}

function bend(from: Point, to: Point): Curve {
  const middle = (from.y + to.y) / 2
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]
}

/** Out and in again at the right side. */
function around({ x, y, width }: Box): Curve {
  const right = x + width / 2
  const pull = right + (LOOP - 6) * (4 / 3)
  return [
    { x: right, y: y - 15 },
    { x: pull, y: y - 15 },
    { x: pull, y: y + 15 },
    { x: right, y: y + 15 },
  ]
}

/** The same line elsewhere. */
export function moved({ lead, curves, label }: Line, x: number, y: number): Line {
  const move = (point: Point): Point => ({ x: point.x + x, y: point.y + y })
  return {
    lead,
    curves: curves.map(([a, b, c, d]) => [move(a), move(b), move(c), move(d)] as const),
    ...(label ? { label: { ...label, ...move(label) } } : {}),
  }
}

/** As the `d` of an SVG path. */
export const pathOf = (curves: Curve[]): string =>
  curves
    .map(([from, out, back, to], at) => {
      const begin = at === 0 ? `M ${from.x} ${from.y} ` : ''
      return `${begin}C ${out.x} ${out.y} ${back.x} ${back.y} ${to.x} ${to.y}`
    })
    .join(' ')
