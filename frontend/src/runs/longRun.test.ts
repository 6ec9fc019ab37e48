// @vitest-environment jsdom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeAll, expect, test } from 'vitest'
import type { Step } from '#/api/types'
import { viewOf } from '#/events/view'
import { aRun, aStep } from '#/testing/histories'
import { Waterfall } from './Waterfall'

const STEPS = 1_000
const begin = Date.parse(aRun.createdAt)
const steps = Array.from({ length: STEPS }, (_, index): Step => {
  const at = (ms: number) => new Date(begin + index * 1_000 + ms).toISOString()
  return { ...(aStep(index + 1) as Step), startedAt: at(0), endedAt: at(900), durationMs: 900 }
})
const view = {
  ...viewOf(aRun),
  state: 'succeeded' as const,
  steps,
  endedAt: new Date(begin + STEPS * 1_000).toISOString(),
}

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  window.matchMedia = () =>
    ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList
})

/** The waterfall of a long run, with its chosen step in hand as the page has it. */
function shown() {
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  const seen = { chosen: 1 }
  const draw = () =>
    root.render(
      createElement(Waterfall, {
        view,
        now: 0,
        chosen: seen.chosen,
        onPick: (step: number) => {
          seen.chosen = step
          draw()
        },
      }),
    )
  act(draw)
  const press = (key: string) =>
    act(() => {
      host
        .querySelector(`[data-step="${seen.chosen}"]`)!
        .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    })
  return { host, seen, press }
}

test('a_run_of_1000_steps_draws_only_what_is_seen', () => {
  const { host } = shown()

  expect(host.querySelectorAll('*').length).toBeLessThanOrEqual(2_000)
  expect(host.querySelectorAll('[data-step]').length).toBeGreaterThan(20)
  expect(host.querySelectorAll('[data-step][tabindex="0"]')).toHaveLength(1)
})

test('the_keys_reach_every_step', () => {
  const { host, seen, press } = shown()

  press('End')
  expect(seen.chosen).toBe(STEPS)
  expect(document.activeElement?.getAttribute('data-step')).toBe(String(STEPS))
  press('ArrowUp')
  expect(seen.chosen).toBe(STEPS - 1)
  press('Home')
  expect(seen.chosen).toBe(1)
  expect(host.querySelectorAll('*').length).toBeLessThanOrEqual(2_000)
})

test('a_key_costs_less_than_a_frame', () => {
  const { press } = shown()
  // The quickest of several rounds: what else the computer does adds to all, and takes from none.
  const rounds = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    for (let key = 0; key < 10; key++) press('ArrowDown')
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 10 / 1_000
  })

  expect(Math.min(...rounds)).toBeLessThan(16)
})
