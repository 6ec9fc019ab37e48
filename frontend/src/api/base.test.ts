import { expect, test } from 'vitest'
import { prefixOf } from './base'

test('the_prefix_is_what_the_page_says_without_its_last_slash', () => {
  expect(prefixOf({ content: '/wheelhouse/' })).toBe('/wheelhouse')
  expect(prefixOf({ content: '/apps/wheelhouse/' })).toBe('/apps/wheelhouse')
})

test('a_page_that_nobody_has_put_in_place_has_no_prefix', () => {
  for (const said of [null, { content: '' }, { content: './' }, { content: '/' }]) expect(prefixOf(said)).toBe('')
})
