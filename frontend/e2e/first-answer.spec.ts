import { ask, ended, expect, lastTurn, test } from './test.ts'

test('a_person_asks_a_sum_and_sees_the_tool_call_and_the_answer', async ({ page }) => {
  await page.goto('/')
  await ask(page, 'what is 17 * 23')

  const turn = lastTurn(page)
  await expect(turn.locator('.answer').last()).toContainText('391')
  await expect(ended(page)).toBeVisible()
  await expect(turn.getByText('DEMO', { exact: true })).toBeVisible()
  await expect(turn.getByText(/\d+ tokens/)).toBeVisible()

  const card = turn.getByRole('button', { name: /calculator/ })
  await expect(card).toContainText('succeeded')
  await expect(card).toContainText('17 * 23')
  await card.click()
  await expect(turn.getByRole('region', { name: 'Arguments' })).toContainText('17 * 23')
  await expect(turn.getByRole('region', { name: 'Result' })).toContainText('391')
})

test('a_second_question_goes_into_the_same_thread_and_a_draft_outlives_a_reload', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'what is 2 + 3')
  await expect(ended(page)).toBeVisible()
  const thread = page.url()

  const field = page.getByRole('textbox', { name: /^Message/ })
  await field.fill('what is 4 + 5')
  await page.reload()
  await expect(field).toHaveValue('what is 4 + 5')
  await field.press('Enter')

  await expect(page.getByRole('article')).toHaveCount(2)
  await expect(lastTurn(page).locator('.answer').last()).toContainText('9')
  expect(page.url()).toBe(thread)
})

test('a_run_that_fails_says_why_and_can_be_tried_again', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'fail')

  await expect(lastTurn(page).getByRole('alert')).toBeVisible()
  await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
  await expect(lastTurn(page).getByRole('group', { name: 'attempt 2 of 2' })).toBeVisible()
})

test('stop_ends_a_run_that_is_under_way', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'wait 300 s')

  await page.getByRole('button', { name: 'Stop' }).click()

  await expect(lastTurn(page)).toContainText('Stopped')
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
})
