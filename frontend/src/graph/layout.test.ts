import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { draw, type Drawn } from './layout'
import type { Curve, Point } from './lines'
import { readMachine } from './model'

const shipped = new URL('../../../backend/src/main/dist/definitions/', import.meta.url)
const files = readdirSync(shipped)
  .map((name) => [name, readFileSync(new URL(name, shipped), 'utf8')] as const)
  .filter(([, yaml]) => /^kind: workflow/m.test(yaml) && /^states:/m.test(yaml))

const generated = Array.from({ length: 50 }, (_, seed) => [`seed ${seed + 1}`, generate(seed + 1)] as const)

describe('the lines of a graph', () => {
  test.each([...files, ...generated])('cross_no_state_and_no_label_of_another %s', (_, yaml) => {
    expect(wrongsOf(draw(readMachine(yaml)!))).toEqual([])
  })

  test('long_conditions_are_cut_and_told_whole', () => {
    const drawn = draw(
      readMachine(`
states:
  a: {choice: [{when: "states.judge.output.fair && input.amount > 1000.0", next: b}], otherwise: b}
  b: {succeed: {}}
`)!,
    )

    expect(drawn.lines[0]!.label).toMatchObject({
      text: 'judge.fair && input.amoun…',
      whole: 'states.judge.output.fair && input.amount > 1000.0',
    })
  })
})

/** What lies on what. A state that holds others has their labels and lines in it, below its heading. */
function wrongsOf(drawn: Drawn): string[] {
  const boxes = absolute(drawn)
  const labels = drawn.lines.flatMap(({ label }) => (label ? [centred(label)] : []))
  const wrong = labels.flatMap((one, at) => [
    ...boxes
      .filter(([, box]) => overlaps(one, box.holds ? heading(box) : box))
      .map(([id]) => `label ${one.text} lies on ${id}`),
    ...labels
      .slice(at + 1)
      .filter((other) => overlaps(one, other))
      .map((other) => `labels ${one.text} and ${other.text} lie on each other`),
  ])
  for (const { lead, curves, label } of drawn.lines) {
    const name = `${lead.from} → ${lead.to}`
    const points = curves.flatMap(samples)
    const isCrossed = (box: Rect) => points.some((point) => inside(point, box))
    for (const [id, box] of boxes)
      if (!lead.from.startsWith(`${id}/`) && isCrossed(shrunk(box))) wrong.push(`${name} crosses ${id}`)
    for (const other of labels)
      if (!(label && other.x === label.x - label.width / 2 && other.y === label.y - label.height / 2))
        if (isCrossed(other)) wrong.push(`${name} crosses label ${other.text}`)
  }
  return wrong
}

type Rect = { x: number; y: number; width: number; height: number }

function absolute(drawn: Drawn) {
  const frames = new Map(drawn.frames.map((frame) => [frame.id, frame]))
  const byId = new Map(drawn.states.map((placed) => [placed.state.id, placed]))
  const originOf = (frame: string | undefined): Point => {
    if (frame === undefined) return { x: 0, y: 0 }
    const { x, y, in: state } = frames.get(frame)!
    const holder = byId.get(state)!
    const outer = originOf(holder.in)
    return { x: outer.x + holder.x + x, y: outer.y + holder.y + y }
  }
  return drawn.states.map(({ state, x, y, width, height, in: frame }) => {
    const origin = originOf(frame)
    return [state.id, { x: origin.x + x, y: origin.y + y, width, height, holds: state.inner.length > 0 }] as const
  })
}

const heading = (box: Rect): Rect => ({ ...box, height: 62 })
const shrunk = ({ x, y, width, height }: Rect): Rect => ({ x: x + 1, y: y + 1, width: width - 2, height: height - 2 })
const centred = <T extends Rect>(label: T): T => ({
  ...label,
  x: label.x - label.width / 2,
  y: label.y - label.height / 2,
})
const overlaps = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const inside = ({ x, y }: Point, box: Rect) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height

function samples([a, b, c, d]: Curve): Point[] {
  return Array.from({ length: 11 }, (_, at) => {
    const t = at / 10
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]
    const mix = (key: 'x' | 'y') => p * a[key] + q * b[key] + r * c[key] + s * d[key]
    return { x: mix('x'), y: mix('y') }
  })
}

/** A workflow of up to twelve states that lead forwards, backwards and to themselves, some with others inside. */
function generate(seed: number): string {
  let left = seed * 7919
  const pick = (n: number) => {
    left = (left * 1103515245 + 12345) % 2147483648
    return Math.floor((left / 2147483648) * n)
  }
  const states = (depth: number): object => {
    const names = Array.from({ length: 2 + pick(depth === 0 ? 11 : 4) }, (_, at) => `s${at}`)
    const any = () => names[pick(names.length)]!
    return Object.fromEntries(names.map((name, at) => [name, state(depth, any, names[at + 1])]))
  }
  const state = (depth: number, any: () => string, next: string | undefined): object => {
    const on = next ? { next: pick(5) === 0 ? any() : next } : {}
    const caught = pick(4) === 0 ? { catch: [{ on: ['rate_limited', 'timeout'], next: any() }] } : {}
    switch (pick(depth === 2 ? 4 : 6)) {
      case 0:
        return {
          choice: Array.from({ length: 1 + pick(4) }, () => ({
            when: `input.amount > ${pick(1e6)}.0 && states.s1.output.fair`,
            next: any(),
          })),
          otherwise: any(),
        }
      case 1:
        return { approval: { message: 'Go on?' }, ...on, rejected: any() }
      case 4:
        return { map: { over: '${[1]}', start: 's0', states: states(depth + 1) }, ...on, ...caught }
      case 5:
        return { parallel: { branches: { a: { states: states(depth + 1) }, b: { set: {} } } }, ...on, ...caught }
      default:
        return { agent: 'assistant', ...on, ...caught }
    }
  }
  return JSON.stringify({ states: states(0) })
}
