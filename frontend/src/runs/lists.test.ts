import { expect, test } from 'vitest'
import { readColumns } from './columns'
import { isSame, readViews, withView } from './views'

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

test('columns_keep_their_order_and_unknown_ones_are_left_out', () => {
  expect(readColumns('cost,agent,mood')).toEqual(['agent', 'cost'])
  expect(readColumns('none')).toEqual([])
  expect(readColumns('')).toContain('started')
})
