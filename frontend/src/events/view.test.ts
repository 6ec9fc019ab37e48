import { describe, expect, test } from 'vitest'
import { aRun, aStep, logOf, question, randomHistory, type News } from '#/testing/histories'
import type { RunEvent } from '#/api/types'
import { seeded, type Random } from '#/testing/random'
import { apply, applyDelta, applyReset, applyRunning, costOf, replay, usageOf, viewOf, type RunView } from './view'

const take = (view: RunView, news: News) => {
  if ('event' in news) return apply(view, news.event)
  return 'delta' in news ? applyDelta(view, news.delta) : applyRunning(view, news.running)
}

/** What the console does with a stream that repeats, loses and breaks off: on a gap, go back to the last sure event. */
function watchBadly(random: Random, news: News[], view: RunView): RunView {
  let at = 0
  for (let guard = 0; at < news.length && guard < 20_000; guard++) {
    if (random.chance(0.1)) at = Math.max(0, at - random.below(6))
    if (random.chance(0.05)) at += 1
    const one = news[at]
    if (!one) break
    const next = take(view, one)
    if (next.gap) {
      view = { ...next, gap: false }
      at = news.findIndex((other) => 'event' in other && other.event.seq === view.seq) + 1
    } else {
      view = next
      at += 1
    }
  }
  // The stream was cut before its end: the rest comes from the log.
  return news.filter((one) => 'event' in one).reduce(take, view)
}

describe('the view of a run', () => {
  test('a_log_at_once_is_what_its_events_make_one_by_one', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { run, events } = randomHistory(seeded(seed))
      expect(replay(run, events), `seed ${seed}`).toEqual(events.reduce(apply, viewOf(run)))
    }
  })

  test('text_of_a_try_that_failed_is_dropped_and_told_from_its_beginning', () => {
    const run = aRun
    let view = applyDelta(viewOf(run), { run: run.id, step: 1, offset: 0, text: 'Half an' })
    view = applyReset(view, { run: run.id, step: 1 })
    expect(view.live).toEqual({})

    view = applyDelta(view, { run: run.id, step: 1, offset: 0, text: 'Whole' })
    expect(view.live[1]).toBe('Whole')
  })

  test('a_run_whose_answer_streams_is_running_though_the_log_names_no_replica', () => {
    const run = { ...aRun, state: 'queued' as const, replica: null }
    const created: RunEvent = { run: run.id, seq: 1, at: run.createdAt, type: 'run.created', data: { input: question } }
    const queued = apply(viewOf(run), created)
    expect(queued.state).toBe('queued')
    const working = [
      applyDelta(queued, { run: run.id, step: 1, offset: 0, text: 'It is' }),
      applyRunning(queued, aStep(1, { state: 'running', endedAt: null })),
      apply(queued, {
        run: run.id,
        seq: 2,
        at: run.createdAt,
        type: 'step.started',
        data: { step: aStep(1, { kind: 'tool', state: 'started', endedAt: null }) },
      } as RunEvent),
    ]
    expect(working.map(({ state }) => state)).toEqual(['running', 'running', 'running'])
    expect(apply(viewOf(aRun), { ...created, run: aRun.id }).state).toBe('running')
  })

  test('a_live_page_equals_the_reloaded_one_whatever_the_stream_repeats_or_loses', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed)
      const { run, news, events } = randomHistory(random)

      const live = watchBadly(random, news, viewOf(run))

      expect(live, `seed ${seed}`).toEqual(replay(run, events))
    }
  })

  test('an_undisturbed_stream_never_shows_a_gap_and_shows_each_text_as_it_grows', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { run, news } = randomHistory(seeded(seed))
      let view = viewOf(run)
      for (const one of news) {
        view = take(view, one)
        expect(view.gap, `seed ${seed}`).toBe(false)
        const shown = 'delta' in one ? view.live[one.delta.step] : ''
        expect(shown, `seed ${seed}`).toContain('delta' in one ? one.delta.text : '')
      }
      expect(view.live, `seed ${seed}`).toEqual({})
    }
  })

  test('a_page_reloaded_in_the_middle_goes_on_to_the_same_end', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed)
      const { run, news, events } = randomHistory(random)
      const known = random.below(events.length)

      const reloaded = news.reduce(
        (view, one) => {
          const next = take(view, one)
          return next.gap ? view : next
        },
        replay(run, events.slice(0, known)),
      )

      expect(reloaded, `seed ${seed}`).toEqual(replay(run, events))
    }
  })

  test('a_repeated_seq_changes_nothing', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('step.succeeded', { step: aStep(1) })
    const view = replay(aRun, events)

    expect(apply(view, events[0]!)).toBe(view)
    expect(apply(view, events[1]!)).toBe(view)
  })

  test('a_missing_seq_is_noticed_and_not_skipped', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('step.succeeded', { step: aStep(1) })
    write('run.succeeded', { output: 'done' })

    const view = apply(replay(aRun, events.slice(0, 1)), events[2]!)

    expect(view).toMatchObject({ gap: true, seq: 1, state: 'running' })
  })

  test('an_answer_with_a_schema_is_a_value_beside_its_text', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('run.succeeded', { output: '{"sum":391}', structuredOutput: { sum: 391 } })

    expect(replay(aRun, events)).toMatchObject({ output: '{"sum":391}', structured: { sum: 391 } })
  })

  test('an_event_of_another_run_is_not_mixed_in', () => {
    const { write } = logOf()
    const other = { ...write('run.cancelled', {}), run: 'run-2' }

    expect(apply(viewOf(aRun), other)).toEqual(viewOf(aRun))
  })

  test('a_delta_with_offset_zero_replaces_the_text_after_another_replica_carried_on', () => {
    const delta = (offset: number, text: string) => ({ run: aRun.id, step: 1, offset, text })
    const first = applyDelta(viewOf(aRun), delta(0, 'Set sail at dawn'))

    const second = applyDelta(first, delta(0, 'Stay'))

    expect(second.live[1]).toBe('Stay')
    expect(applyDelta(second, delta(4, ' here')).live[1]).toBe('Stay here')
  })

  test('a_delta_that_is_ahead_of_the_text_is_a_gap', () => {
    expect(applyDelta(viewOf(aRun), { run: aRun.id, step: 1, offset: 5, text: 'x' }).gap).toBe(true)
  })

  test('a_late_delta_does_not_touch_a_committed_step', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('step.succeeded', { step: aStep(1) })
    const view = replay(aRun, events)

    expect(applyDelta(view, { run: aRun.id, step: 1, offset: 0, text: 'late' })).toBe(view)
  })

  test('a_step_left_open_is_closed_with_its_run', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('step.started', { step: aStep(1, { state: 'started', endedAt: null }) })
    write('run.cancelled', {})

    expect(replay(aRun, events).steps[0]!.state).toBe('cancelled')
  })

  test('a_step_of_which_the_log_says_little_is_completed_from_the_run', () => {
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('run.claimed', { replica: 'b', epoch: 2, reason: 'takeover' })
    write('step.succeeded', { step: { number: 1, kind: 'tool', name: 'clock', state: 'succeeded' } })

    expect(replay(aRun, events).steps[0]).toMatchObject({
      replica: 'b',
      epoch: 2,
      attempt: 1,
      effect: 'read',
      usage: null,
      startedAt: events[2]!.at,
    })
  })

  test('an_event_of_a_later_version_counts_but_changes_nothing', () => {
    const unknown = { seq: 1, run: aRun.id, at: aRun.createdAt, type: 'run.blessed', data: {} } as never

    expect(apply(viewOf(aRun), unknown)).toEqual({ ...viewOf(aRun), seq: 1 })
  })

  test('tokens_add_up_and_one_unknown_price_makes_the_cost_unknown', () => {
    const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 5 }
    const { events, write } = logOf()
    write('run.created', { input: question, replica: 'a' })
    write('step.succeeded', { step: aStep(1, { usage, cost: { microUnits: 7, currency: 'USD' } }) })
    const priced = replay(aRun, events)
    write('step.succeeded', { step: aStep(2, { usage, cost: null }) })
    const unpriced = replay(aRun, events)

    expect(costOf(priced)).toEqual({ microUnits: 7, currency: 'USD' })
    expect(usageOf(unpriced)).toEqual({ inputTokens: 20, cachedTokens: 8, outputTokens: 10 })
    expect(costOf(unpriced)).toBeNull()
  })
})
