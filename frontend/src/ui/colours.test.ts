import { expect, test } from 'vitest'
import { colour } from './colours'

test.each(['js', 'ts', 'py', 'sh', 'yml', 'html', 'c++', 'cs', 'toml', 'Java', 'JSON'])(
  'code_in_%s_has_its_colours',
  (language) => expect(colour('{"a": 1} # "x" <p class="y">', language)).toBeDefined(),
)

test('what_is_in_the_code_is_text_and_nothing_else', () => {
  const html = colour('<img src=x onerror=alert(1)> "</span><script>"', 'js')!

  expect(html.replaceAll(/<\/?span[^>]*>/g, '')).not.toContain('<')
})

test('a_language_nobody_knows_has_none', () => {
  expect(colour('x', 'klingon')).toBeUndefined()
})
