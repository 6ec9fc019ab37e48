import { ask, ended, expect, lastTurn, test } from './test.ts'

test('an_edited_question_goes_on_in_a_branch_and_arrows_lead_back', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'What is 17 * 23')
  await expect(ended(page)).toBeVisible()
  await ask(page, 'What is 2 + 2')
  await expect(ended(page)).toBeVisible()
  const first = page.url()

  await lastTurn(page).getByRole('button', { name: 'Edit message' }).click()
  await page.getByRole('textbox', { name: 'Edit message' }).fill('What is 3 + 3')
  await page.getByRole('textbox', { name: 'Edit message' }).press('Enter')
  await expect(page).not.toHaveURL(first)
  await expect(lastTurn(page)).toContainText('What is 3 + 3')
  await expect(ended(page)).toBeVisible()
  // What was said before the branch stands above it.
  await expect(page.getByRole('article').first()).toContainText('What is 17 * 23')
  const arrows = lastTurn(page).getByRole('group', { name: 'branch 2 of 2' })
  await expect(arrows).toBeVisible()

  await arrows.getByRole('button', { name: 'Previous branch' }).click()
  await expect(page).toHaveURL(first)
  await expect(lastTurn(page)).toContainText('What is 2 + 2')
  await page.reload()
  await expect(lastTurn(page).getByRole('group', { name: 'branch 1 of 2' })).toBeVisible()
})

test('a_retry_takes_the_place_of_the_first_attempt_which_stays_in_reach', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'fail')
  await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
  const arrows = lastTurn(page).getByRole('group', { name: 'attempt 2 of 2' })
  await expect(arrows).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(1)
  await arrows.getByRole('button', { name: 'Previous attempt' }).click()
  await expect(lastTurn(page).getByRole('group', { name: 'attempt 1 of 2' })).toBeVisible()
})

test('a_thread_is_named_pinned_put_away_and_deleted', async ({ page, request }) => {
  const name = `Rope ${Date.now() % 1_000_000}`
  await page.goto('/threads')
  await ask(page, 'What is 17 * 23')
  await expect(ended(page)).toBeVisible()
  const thread = new URL(page.url()).pathname.split('/').at(-1)!
  const list = page.getByRole('complementary', { name: 'Threads' })
  const menu = async (item: string) => {
    await page
      .getByRole('main')
      .locator('.top')
      .getByRole('button', { name: /^Options of/ })
      .click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await menu('Rename…')
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await menu('Pin')
  await expect(list.getByRole('region', { name: 'Pinned' }).getByText(name)).toBeVisible()
  await menu('Archive')
  await expect(list.getByRole('region', { name: 'Pinned' }).getByText(name)).toHaveCount(0)
  await list.getByRole('button', { name: 'Archived threads' }).click()
  await expect(list.getByText(name)).toBeVisible()

  const saved = page.waitForEvent('download')
  await menu('Export as Markdown')
  expect((await saved).suggestedFilename()).toMatch(/^rope-\d+\.md$/)

  await menu('Delete…')
  await page.getByRole('button', { name: 'Delete thread' }).click()
  await expect(page).toHaveURL(/\/threads$/)
  expect((await request.get(`/api/v1/threads/${thread}`)).status()).toBe(404)
})

test('what_somebody_says_of_an_answer_is_found_among_the_runs', async ({ page }) => {
  const words = `note tide${Date.now() % 1_000_000}: 4 m`
  await page.goto('/threads')
  await ask(page, words)
  await expect(ended(page)).toBeVisible()
  await lastTurn(page).getByRole('button', { name: 'Bad answer' }).click()
  await lastTurn(page)
    .getByRole('textbox', { name: /What was good or bad/ })
    .fill('The wrong tide')
  await lastTurn(page).getByRole('button', { name: 'Save comment' }).click()
  await expect(lastTurn(page).getByRole('button', { name: 'Bad answer' })).toHaveAttribute('aria-pressed', 'true')

  await page.goto('/runs?feedback=down')
  await expect(page.getByRole('main')).toContainText(words)
})

test('a_picture_goes_out_with_a_message_and_stays_in_the_thread', async ({ page }) => {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await page.goto('/threads')
  await page
    .getByLabel('Pictures to attach')
    .setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') })
  await expect(page.getByRole('list', { name: 'Attached pictures' }).getByRole('img')).toBeVisible()
  await ask(page, 'What is 17 * 23')
  await expect(ended(page)).toBeVisible()
  await page.reload()
  await expect(lastTurn(page).getByRole('img', { name: 'Attached, 1 of 1' })).toBeVisible()
})
