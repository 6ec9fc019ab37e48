import { aHold, ask, ended, expect, lastTurn, release, test } from './test.ts'

test('a_run_is_paused_looks_paused_everywhere_and_goes_on_when_resumed', async ({ page, request }) => {
  const hold = aHold()
  await page.goto('/threads')
  await ask(page, `hold ${hold}, then what is 2 + 2`)
  await page.getByRole('link', { name: 'Run details' }).click()

  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  const state = page.getByRole('definition').first()
  await expect(state).toContainText('paused')
  await page.goto('/runs')
  await expect(page.getByRole('row').nth(1)).toContainText('paused')
  await page.goBack()
  await page.reload()
  await expect(state).toContainText('paused')

  await page.getByRole('button', { name: 'Resume' }).click()
  await release(request, hold)
  await expect(state).toContainText('succeeded')
})

test('a_fork_with_a_changed_result_answers_otherwise_and_is_compared_with_where_it_came_from', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'what is 17 * 23')
  await expect(ended(page)).toBeVisible()
  await ended(page).click()
  const origin = page.url()

  await page.getByRole('button', { name: 'Fork' }).click()
  const form = page.getByRole('dialog', { name: 'Fork this run' })
  await form.getByLabel("Override a step's output").selectOption({ label: '2 · calculator' })
  const edited = form.getByRole('textbox', { name: /Output of step 2/ })
  await edited.fill((await edited.inputValue()).replace('391', '1234'))
  await form.getByRole('button', { name: 'Fork', exact: true }).click()

  await expect(page).not.toHaveURL(origin)
  await expect(page.getByText(/fork of/)).toBeVisible()
  await expect(page.getByRole('definition').first()).toContainText('succeeded')
  await page.getByRole('link', { name: 'Compare' }).click()
  await expect(page.getByText(/First step identical/)).toBeVisible()
  const second = page.getByRole('list', { name: 'Steps' }).getByRole('listitem').nth(1)
  await second.getByRole('button').click()
  await expect(second.getByRole('region', { name: 'output' })).toContainText('1234')
  await expect(second.getByRole('region', { name: 'output' })).toContainText('391')

  await page.goto(origin)
  await expect(page.getByText(/· fork /)).toBeVisible()
})

test('a_replay_costs_nothing_and_is_the_same_step_by_step', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'use clock and calculator at once')
  await expect(ended(page)).toBeVisible()
  await ended(page).click()

  await page.getByRole('button', { name: 'Replay' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click()

  await expect(page.getByText(/· replay of/)).toBeVisible()
  await expect(page.getByRole('definition').first()).toContainText('succeeded')
  await page.getByRole('link', { name: 'Compare' }).click()
  await expect(page.locator('header').getByText(/\d+ steps, identical/)).toBeVisible()
})

test('a_failed_run_is_retried_from_the_step_that_failed_in_the_same_thread', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'fail')
  await expect(lastTurn(page).getByRole('alert')).toBeVisible()
  const thread = page.url()
  await ended(page).click()

  await page.getByRole('button', { name: 'Retry' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Retry from step/ })
    .click()

  await expect(page.getByText(/· retry of/)).toBeVisible()
  await page.getByRole('link', { name: 'Thread', exact: true }).click()
  await expect(page).toHaveURL(thread)
  await expect(lastTurn(page).getByRole('group', { name: 'attempt 2 of 2' })).toBeVisible()
})

test('shortcuts_are_listed_and_single_keys_can_be_turned_off', async ({ page }) => {
  await page.goto('/runs')
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(keys).toContainText('Approve')
  await keys.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()

  await page.keyboard.press('?')
  await expect(keys).toBeHidden()
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await keys.getByRole('checkbox', { name: 'Single-key shortcuts' }).check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(keys).toBeVisible()
})
