import { expect, test } from 'vitest'
import { ApiProblem, inWords, mayHeal, Unreachable } from './errors'

const busy = new ApiProblem({
  type: '/problems#thread-busy',
  title: 'The thread is busy',
  status: 409,
  detail: 'Run "r" of this thread has not ended',
  hint: 'Wait for its answer or stop it',
  requestId: 'req-1',
})

test('a_problem_says_what_why_what_to_do_and_which_request', () => {
  expect(inWords(busy)).toEqual({
    title: 'The thread is busy',
    detail: 'Run "r" of this thread has not ended',
    hint: 'Wait for its answer or stop it',
    requestId: 'req-1',
    errors: [],
  })
  expect(busy.code).toBe('thread-busy')
})

test('only_what_time_may_mend_is_tried_again', () => {
  const notReady = new ApiProblem({ type: '/problems#not-ready', title: 'Not ready', status: 503 })

  expect([busy, notReady, new Unreachable(undefined), new Error('x')].map(mayHeal)).toEqual([false, true, true, false])
})

test('no_answer_says_that_nothing_is_lost', () => {
  expect(inWords(new Unreachable(undefined)).hint).toContain('Nothing is lost')
})
