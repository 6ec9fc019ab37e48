import { expect, test } from 'vitest'
import { forkAt, placesOf } from './places'

type Origin = { run: string; step: number; how: 'retry' | 'fork' | 'replay' }
const run = (id: string, origin: Origin | null = null, thread = 't') => ({ id, thread, origin })
const retry = (of: string): Origin => ({ run: of, step: 1, how: 'retry' })
const fork = (of: string): Origin => ({ run: of, step: 0, how: 'fork' })
const branch = (id: string, origin: string) => ({
  run: id,
  thread: `t-${id}`,
  origin,
  createdAt: '2026-11-30T08:00:00Z',
})

test('a_retry_stands_in_the_place_of_what_it_repeats', () => {
  const places = placesOf([run('a'), run('b'), run('b2', retry('b')), run('b3', retry('b2')), run('c')], (one) => one)

  expect(places.map(({ root, attempts }) => [root, attempts.map(({ id }) => id)])).toEqual([
    ['a', ['a']],
    ['b', ['b', 'b2', 'b3']],
    ['c', ['c']],
  ])
})

test('a_retry_of_what_is_not_loaded_stands_alone', () => {
  expect(placesOf([run('b2', retry('b'))], (one) => one)).toHaveLength(1)
})

test('an_edited_turn_and_its_edits_are_ways_from_one_place', () => {
  const branches = [branch('b', 'a'), branch('c', 'a'), branch('x', 'y')]

  const first = forkAt(run('a'), branches, new Map())
  expect(first.ways.map((way) => way.run)).toEqual(['a', 'b', 'c'])
  expect(first.at).toBe(0)

  const edited = forkAt(run('c', fork('a'), 't-c'), branches, new Map([['a', 't']]))
  expect(edited.root).toBe('a')
  expect(edited.ways).toEqual([
    { run: 'a', thread: 't' },
    { run: 'b', thread: 't-b' },
    { run: 'c', thread: 't-c' },
  ])
  expect(edited.at).toBe(2)
})

test('where_the_first_way_is_deleted_the_others_stay', () => {
  const edited = forkAt(run('c', fork('a'), 't-c'), [branch('b', 'a'), branch('c', 'a')], new Map())

  expect(edited.ways.map((way) => way.run)).toEqual(['b', 'c'])
  expect(edited.at).toBe(1)
})

test('a_turn_without_branches_has_one_way', () => {
  expect(forkAt(run('a'), [], new Map()).ways).toHaveLength(1)
})
