import { answerText, ask, ended, expect, expectTranscriptToEqualLog, lastTurn, test } from './test.ts'

test('a_page_reloaded_in_mid_run_goes_on_and_ends_as_if_nothing_had_happened', async ({ page, request }) => {
  await page.goto('/threads')
  await ask(page, 'be slow for 6 s')
  await expect.poll(async () => (await answerText(page)).length).toBeGreaterThan(8)

  for (let times = 0; times < 3; times++) {
    const before = await answerText(page)
    await page.reload()
    await expect.poll(async () => (await answerText(page)).length).toBeGreaterThanOrEqual(before.length)
  }
  await expect(ended(page)).toBeVisible({ timeout: 30_000 })

  await expectTranscriptToEqualLog(page, request)
  const live = await lastTurn(page).innerText()
  await page.reload()
  await expect(ended(page)).toBeVisible()
  expect(await lastTurn(page).innerText()).toBe(live)
})
