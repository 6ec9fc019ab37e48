// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { lexer, toHtml } from './Markdown'

const formulasIn = (text: string) => {
  const box = document.createElement('div')
  box.innerHTML = toHtml(lexer(text))
  return [...box.querySelectorAll<HTMLElement>('[data-formula]')].map((one) => [one.dataset.formula, one.textContent])
}

test.each([
  ['The area is $\\pi r^2$.', [['inline', '\\pi r^2']]],
  ['$a\\!b\\,c$', [['inline', 'a\\!b\\,c']]],
  ['With \\(x_1 + x_2\\) inside', [['inline', 'x_1 + x_2']]],
  ['$$\n\\int_0^1 x\\,dx\n$$', [['display', '\\int_0^1 x\\,dx']]],
  ['\\[ a * b * c \\]', [['display', 'a * b * c']]],
  ['before\n\n$$x < y$$\n\nafter', [['display', 'x < y']]],
  [
    '$x$ and $y$',
    [
      ['inline', 'x'],
      ['inline', 'y'],
    ],
  ],
])('%s_is_read_as_formulas', (text, found) => {
  expect(formulasIn(text)).toEqual(found)
})

test.each(['It costs $5 and $10', 'From $5-$10', 'US$ 3, then $ 4', '`$x$`', '```\n$x$\n```', 'just $', 'a $ b $ c'])(
  '%s_has_no_formula',
  (text) => expect(formulasIn(text)).toEqual([]),
)

test('a_formula_cannot_bring_elements_along', () => {
  const box = document.createElement('div')
  box.innerHTML = toHtml(lexer('$<img src=x onerror=alert(1)>$'))

  expect(box.querySelector('img')).toBeNull()
  expect(box.textContent).toContain('<img')
})
