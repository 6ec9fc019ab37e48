import { expect, test } from 'vitest'
import { inWords, isLostPart, mayHeal } from '#/api/errors'
import { mayReload } from './stale'

test.each([
  'Failed to fetch dynamically imported module: https://host/assets/RunsPage-x1.js',
  'error loading dynamically imported module: https://host/assets/RunsPage-x1.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/units-p_pMjyVo.css',
])('a_part_that_is_gone_heals_by_itself_in_every_browser: %s', (message) => {
  const error = new TypeError(message)
  expect(isLostPart(error)).toBe(true)
  expect(mayHeal(error)).toBe(true)
  expect(inWords(error).detail).not.toContain('assets')
})

test('an_error_of_the_page_itself_is_no_lost_part', () => {
  expect(isLostPart(new TypeError("Cannot read properties of undefined (reading 'name')"))).toBe(false)
  expect(mayHeal(new TypeError('x is not a function'))).toBe(false)
})

test('a_page_that_loses_its_parts_again_at_once_is_not_reloaded_for_ever', () => {
  expect(mayReload({ now: 1_000_000, last: 0 })).toBe(true)
  expect(mayReload({ now: 1_000_000, last: 999_000 })).toBe(false)
  expect(mayReload({ now: 1_000_000, last: 900_000 })).toBe(true)
})
