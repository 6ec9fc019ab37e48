import { readFileSync } from 'node:fs'
import { mine } from './need.ts'
import { aHold, answerText, ask, ended, expect, expectTranscriptToEqualLog, logOf, release, test } from './test.ts'

test('the_same_page_goes_on_after_the_backend_was_killed_in_mid_stream', async ({ page, request }) => {
  const pidFile = mine(
    'WHEELHOUSE_BACKEND_PID_FILE',
    'the path of a file with the process id of the backend, kept current by what restarts it',
    test.info().parallelIndex,
  )
  test.setTimeout(300_000)
  const hold = aHold()
  await page.goto('/threads')
  await ask(page, `hold ${hold}`)
  await expect.poll(async () => (await answerText(page)).length).toBeGreaterThan(8)
  await page.evaluate(() => Object.assign(window, { samePage: true }))

  process.kill(Number(readFileSync(pidFile, 'utf8').trim()), 'SIGKILL')

  await expect(page.getByText('Reconnecting…')).toBeVisible()
  const ready = () =>
    request.get('/ready').then(
      (answer) => answer.status(),
      () => 0,
    )
  await expect.poll(ready, { timeout: 120_000 }).toBe(200)
  await release(request, hold)
  await expect(ended(page)).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText('Reconnecting…')).toBeHidden()
  expect(await page.evaluate(() => 'samePage' in window)).toBe(true)
  await expectTranscriptToEqualLog(page, request)
  const claims = (await logOf(page, request)).filter((event) => event.type === 'run.claimed')
  expect(claims.map((event) => event.data.reason)).toContain('takeover')
  await expect(page.getByText(/continued on/)).toBeVisible()
})
