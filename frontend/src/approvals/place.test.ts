import { expect, test } from 'vitest'
import { nextPlace } from './place'

const list = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
const without = (gone: string) => list.filter(({ id }) => id !== gone)

test('j_and_k_lead_to_the_neighbours_and_stop_at_the_ends', () => {
  expect(nextPlace(list, 'b', 1, 'j')?.id).toBe('c')
  expect(nextPlace(list, 'b', 1, 'k')?.id).toBe('a')
  expect(nextPlace(list, 'd', 3, 'j')?.id).toBe('d')
  expect(nextPlace(list, 'a', 0, 'k')?.id).toBe('a')
  expect(nextPlace([], 'a', 0, 'j')).toBeUndefined()
})

test('after_a_decision_the_walk_goes_on_where_it_was', () => {
  expect(nextPlace(without('c'), 'c', 2, 'j')?.id).toBe('d')
  expect(nextPlace(without('c'), 'c', 2, 'k')?.id).toBe('b')
  expect(nextPlace(without('d'), 'd', 3, 'j')?.id).toBe('c')
})

test('thirty_decisions_by_keyboard_are_sixty_keys', () => {
  let open = Array.from({ length: 30 }, (_, index) => ({ id: String(index) }))
  let chosen = open[0]!
  let last = 0
  const decided: string[] = []
  for (let keys = 0; keys < 60 && open.length > 0; keys += 2) {
    last = open.indexOf(chosen)
    decided.push(chosen.id)
    open = open.filter(({ id }) => id !== chosen.id)
    const next = nextPlace(open, chosen.id, last, 'j')
    if (next) chosen = next
  }
  expect(new Set(decided).size).toBe(30)
})
