import { expect, test } from 'vitest'
import { readColumns } from './columns'
import { allViews, isSame, readViews, searchOf, viewOf, withView } from './views'

test('views_are_read_like_addresses', () => {
  const text = JSON.stringify([
    { name: 'dear', filter: { state: 'failed', sort: 'cost', nonsense: 1 } },
    { name: 3, filter: {} },
    'x',
    { name: 'odd', filter: { state: 'nowhere' } },
  ])

  const views = readViews(text)
  expect(views.map(({ name }) => name)).toEqual(['dear', 'odd'])
  expect(isSame(views[0]!.filter, { sort: 'cost', state: 'failed' })).toBe(true)
  expect(isSame(views[1]!.filter, {})).toBe(true)
  expect(readViews('{')).toEqual([])
  expect(readViews('')).toEqual([])
})

test('a_view_saved_again_takes_its_own_place', () => {
  const one = withView([], { name: 'b', filter: { agent: 'x' } })
  const two = withView(withView(one, { name: 'a', filter: {} }), { name: 'b', filter: { agent: 'y' } })

  expect(two).toEqual([
    { name: 'a', filter: {} },
    { name: 'b', filter: { agent: 'y' } },
  ])
})

test('views_are_kept_as_addresses_and_come_back_the_same', () => {
  const view = {
    name: 'dear',
    filter: { q: '12', state: 'failed' as const, minCost: 500, from: '2026-11-30T08:00:00Z' },
  }

  expect(searchOf(view).query).toBe('q=12&state=failed&minCost=500&from=2026-11-30T08%3A00%3A00Z')
  expect(isSame(viewOf(searchOf(view)).filter, view.filter)).toBe(true)
  expect(isSame(viewOf({ name: 'odd', query: 'state=nowhere&mood=good' }).filter, {})).toBe(true)
})

test('what_a_browser_kept_joins_what_the_server_keeps', () => {
  const all = allViews(
    [{ name: 'a', filter: { agent: 'saved' } }],
    [
      { name: 'a', filter: { agent: 'kept' } },
      { name: 'b', filter: {} },
    ],
  )

  expect(all).toEqual([
    { name: 'a', filter: { agent: 'saved' } },
    { name: 'b', filter: {} },
  ])
})

test('columns_keep_their_order_and_unknown_ones_are_left_out', () => {
  expect(readColumns('cost,agent,mood')).toEqual(['agent', 'cost'])
  expect(readColumns('none')).toEqual([])
  expect(readColumns('')).toContain('started')
})
