import type { Page } from '@playwright/test'
import { aHold, ask, ended, expect, lastTurn, release, test } from './test.ts'

/** Lists look at the server by themselves only while somebody looks at them: what changes now was told. */
const lookAway = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })

test('a_message_to_a_busy_thread_waits_for_its_turn_and_can_be_taken_back', async ({ page, request }) => {
  const hold = aHold()
  await page.goto('/threads')
  await ask(page, `hold ${hold}`)
  const field = page.getByRole('textbox', { name: /^Message/ })
  await field.fill('what is 5 * 6')
  await page.getByRole('button', { name: 'Queue' }).click()
  await expect(page.getByRole('article')).toHaveCount(2)
  await expect(lastTurn(page)).toContainText('starts after the current answer')
  await field.fill('what is 7 * 8')
  await page.getByRole('button', { name: 'Queue' }).click()
  await expect(page.getByRole('article')).toHaveCount(3)

  await lastTurn(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(lastTurn(page)).toContainText('Stopped')

  await release(request, hold)
  const second = page.getByRole('article').nth(1)
  await expect(second.locator('.answer').last()).toContainText('30')
  await page.reload()
  await expect(page.getByRole('article').nth(1).locator('.answer').last()).toContainText('30')
})

test('a_message_can_stop_the_run_that_is_under_way_and_that_choice_is_remembered', async ({ page }) => {
  await page.goto('/threads')
  await ask(page, 'wait 300 s')
  const field = page.getByRole('textbox', { name: /^Message/ })
  await field.fill('what is 5 * 6')
  await page.getByRole('combobox', { name: 'When to send' }).click()
  await page.getByRole('option', { name: /Stop and send now/ }).click()
  await page.getByRole('button', { name: 'Interrupt' }).click()

  await expect(page.getByRole('article').first()).toContainText('Stopped')
  await expect(lastTurn(page).locator('.answer').last()).toContainText('30')
  await expect(ended(page)).toBeVisible()
  await ask(page, 'wait 300 s')
  await field.fill('never mind')
  await expect(page.getByRole('button', { name: 'Interrupt' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
})

test('the_list_of_threads_says_how_a_run_ended_at_once', async ({ page, request }) => {
  await page.goto('/threads')
  const name = aHold()
  await ask(page, `hold ${name}`)
  const entry = page
    .getByRole('complementary', { name: 'Threads' })
    .getByRole('link', { name: new RegExp(`hold ${name}`) })
  await expect(entry).toContainText(/running/)
  await lookAway(page)
  await release(request, name)
  await expect(ended(page)).toBeVisible()
  await expect(entry).toContainText('just now')
  await ask(page, 'what is 17 * 23')
  await expect(ended(page)).toBeVisible()
  await expect(entry).toContainText('just now')
})
