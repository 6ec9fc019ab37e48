import { ask, ended, expect, lastTurn, test } from './test.ts'

test('the_steps_of_a_run_are_walked_by_keyboard_and_shown_as_table_log_and_json', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'use clock and calculator at once')
  await ended(page).click()
  await expect(page.getByRole('region', { name: 'Waterfall' })).toBeVisible()

  const steps = page.getByRole('region', { name: 'Waterfall' }).getByRole('button')
  await steps.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const walked = await steps.nth(2).locator('.cut').innerText()
  await expect(steps.nth(2)).toBeFocused()
  await expect(page.getByRole('region', { name: 'Step', exact: true }).getByRole('heading').first()).toContainText(
    walked.split(' ')[0]!,
  )
  await page.keyboard.press('End')
  await expect(steps.last()).toHaveAttribute('aria-pressed', 'true')

  await page.getByRole('link', { name: 'Table' }).click()
  await expect(page.getByRole('table')).toContainText('calculator')
  await page.getByRole('link', { name: 'Log' }).click()
  await expect(page.getByText('run.succeeded')).toBeVisible()
  await page.getByRole('link', { name: 'Raw JSON' }).click()
  await expect(page.getByRole('region', { name: 'Run as JSON' })).toContainText('"succeeded"')
})

test('runs_are_found_by_filters_that_live_in_the_address', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'fail')
  await expect(lastTurn(page).getByRole('alert')).toBeVisible()

  await page.goto('/runs')
  await page.getByRole('combobox', { name: 'State' }).click()
  await page.getByRole('option', { name: 'Failed' }).click()
  await expect(page).toHaveURL(/state=failed/)
  await page.reload()
  const rows = page.getByRole('row')
  await expect(rows.nth(1)).toContainText('failed')
  await expect(page.getByText('succeeded')).toHaveCount(0)
})

test('a_run_under_way_is_seen_live_and_can_be_cancelled_from_its_page', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'wait 300 s')
  await page.getByRole('link', { name: 'Run details' }).click()
  await expect(page.getByText('waiting').first()).toBeVisible()

  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel run' }).click()

  await expect(page.getByText('cancelled').first()).toBeVisible()
})
