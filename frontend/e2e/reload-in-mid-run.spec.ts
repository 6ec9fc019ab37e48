import { aHold, answerText, ask, ended, expect, expectTranscriptToEqualLog, lastTurn, release, test } from './test.ts'

test('a_page_reloaded_in_mid_run_goes_on_and_ends_as_if_nothing_had_happened', async ({ page, request }) => {
  const hold = aHold()
  await page.goto('/threads')
  await ask(page, `hold ${hold}`)
  await expect.poll(async () => (await answerText(page)).length).toBeGreaterThan(8)

  for (let times = 0; times < 3; times++) {
    const before = await answerText(page)
    await page.reload()
    await expect.poll(async () => (await answerText(page)).length).toBeGreaterThanOrEqual(before.length)
  }
  await release(request, hold)
  await expect(ended(page)).toBeVisible()

  await expectTranscriptToEqualLog(page, request)
  const live = await lastTurn(page).innerText()
  await page.reload()
  await expect(ended(page)).toBeVisible()
  expect(await lastTurn(page).innerText()).toBe(live)
})
