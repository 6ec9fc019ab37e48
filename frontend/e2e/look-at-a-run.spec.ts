import { ask, ended, expect, lastTurn, test } from './test.ts'

test('the_steps_of_a_run_are_walked_by_keyboard_and_shown_as_table_log_and_json', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'use clock and calculator at once')
  await ended(page).click()
  await expect(page.getByRole('region', { name: 'Waterfall' })).toBeVisible()

  const steps = page.getByRole('region', { name: 'Waterfall' }).locator('[data-step]')
  await steps.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const walked = await steps.nth(2).locator('.cut').innerText()
  await expect(steps.nth(2)).toBeFocused()
  await expect(page.getByRole('region', { name: 'Step', exact: true }).getByRole('heading').first()).toContainText(
    walked.split(/\s+/)[1]!,
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

test('what_a_model_was_sent_stands_in_its_step', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'what is 12 * 12')
  await ended(page).click()
  await page.locator('[data-step="3"]').click()

  const sent = page.getByRole('region', { name: 'Sent to the model' })
  await expect(sent).toContainText('what is 12 * 12')
  await expect(sent).toContainText('calculator')
  await expect(sent).toContainText('144')
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

test('a_run_is_found_by_its_words_in_the_list_and_in_the_palette_and_says_why_it_failed', async ({ page }) => {
  const word = `mizzen${Date.now()}`
  await page.goto('/threads')
  await ask(page, `note ${word}: 12 m`)
  await expect(ended(page)).toBeVisible()

  await page.goto('/runs')
  await page.getByRole('searchbox', { name: 'Search runs' }).fill(word.toUpperCase())
  await expect(page).toHaveURL(/q=MIZZEN/)
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.reload()
  await expect(page.getByRole('row').nth(1)).toContainText(`note ${word}: 12 m`)

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search', exact: true }).fill(word)
  await expect(page.getByRole('option', { name: /run · succeeded/ })).toBeVisible()
  await page.getByRole('option', { name: /run · succeeded/ }).click()
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/)

  await page.goto('/runs?state=failed')
  const why = page.getByRole('row').nth(1).locator('.why')
  await expect(why).toBeVisible()
  await why.getByRole('link').click()
  await expect(page).toHaveURL(/error=/)
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

test('the_steps_of_a_called_run_unfold_below_its_call_and_lead_there', async ({ page, request }) => {
  const put = (name: string, more: string) =>
    request.put(`/api/v1/agents/${name}`, {
      data: `name: ${name}\ninstructions: Help.\nmodel: default\n${more}`,
      headers: { 'Content-Type': 'application/yaml' },
    })
  await put('unfolded-clerk', 'tools: [calculator]\n')
  await put('unfolded-boss', 'tools: [call_agent]\nagents: [unfolded-clerk]\n')
  const answer = await request.post('/api/v1/agents/unfolded-boss/runs', {
    data: { input: 'hand over to unfolded-clerk: what is 2 + 2' },
    headers: { Prefer: 'wait=25' },
  })
  const { id } = (await answer.json()) as { id: string }

  await page.goto(`/runs/${id}`)
  const waterfall = page.getByRole('region', { name: 'Waterfall' })
  const unfold = waterfall.getByRole('button', { name: /^Steps of the run that step/ })
  await unfold.click()
  await expect(unfold).toHaveAttribute('aria-expanded', 'true')
  const inner = waterfall.getByRole('link', { name: /calculator/ })
  await inner.click()
  await expect(page).toHaveURL(/step=/)
  await expect(page.getByRole('link', { name: 'unfolded-clerk' })).toBeVisible()
})

test('a_saved_view_is_there_in_another_browser', async ({ page, browser, baseURL }) => {
  await page.goto('/runs?state=failed&sort=cost')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name').fill('Dear failures')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Dear failures' })).toHaveAttribute('aria-pressed', 'true')

  const other = await browser.newPage({ baseURL })
  await other.goto('/runs')
  await other.getByRole('button', { name: 'Dear failures' }).click()
  await expect(other).toHaveURL(/state=failed/)
  await other.getByRole('button', { name: 'Forget this view' }).click()
  await expect(other.getByRole('button', { name: 'Dear failures' })).toHaveCount(0)
  await other.close()
})
