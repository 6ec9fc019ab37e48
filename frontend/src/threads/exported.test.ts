import { expect, test } from 'vitest'
import { fileName } from './exported'

test.each([
  ['What is 17 * 23?', 'what-is-17-23.md'],
  ['../../etc/passwd', 'etc-passwd.md'],
  ['???', 'thread.md'],
  ['Ärger über Öl', 'ärger-über-öl.md'],
  ['x'.repeat(200), `${'x'.repeat(60)}.md`],
])('the_thread_%s_is_saved_as_%s', (title, name) => {
  expect(fileName(title, 'md')).toBe(name)
})
