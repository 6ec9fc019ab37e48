import { expect, test } from 'vitest'
import { connect, toasts, type Shown } from './toasts'

test('what_was_said_before_the_list_was_there_is_shown_once_in_its_order', () => {
  const shown: Shown[] = []
  toasts.done('Saved')
  toasts.failed({ title: 'Refused', detail: 'It is busy', hint: 'Wait', requestId: 'r1' })

  connect((toast) => shown.push(toast))
  toasts.done('Deleted')

  expect(shown).toEqual([
    { title: 'Saved', failed: false },
    { title: 'Refused', description: 'It is busy. Wait', failed: true, requestId: 'r1' },
    { title: 'Deleted', failed: false },
  ])
})
