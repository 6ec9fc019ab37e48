import { expect, test } from './test.ts'

test('a_page_says_why_a_run_failed_what_has_changed_and_goes_on_from_there', async ({ page }) => {
  const name = `mate-${Date.now()}`
  const publish = async (instructions: string) =>
    expect(
      await page.request.put(`/api/v1/agents/${name}`, {
        data: `name: ${name}\ninstructions: ${instructions}\ntools: [calculator]\n`,
        headers: { 'Content-Type': 'application/yaml' },
      }),
    ).toBeOK()
  const run = async (input: string) => {
    const answer = await page.request.post(`/api/v1/agents/${name}/runs`, {
      data: { input },
      headers: { Prefer: 'wait=20' },
    })
    return (await answer.json()) as { id: string; state: string }
  }
  await publish('First.')
  const before = await run('what is 6 * 7')
  expect(before.state).toBe('succeeded')
  await publish('Second.')
  const failed = await run('fail')
  expect(failed.state).toBe('failed')

  await page.goto(`/runs/${failed.id}`)
  await expect(page.getByRole('alert').first()).toContainText('refused')
  const changed = page.getByRole('region', { name: 'What has changed' })
  await expect(changed).toContainText('Not as in the last run that succeeded')
  await expect(changed.getByRole('definition')).toHaveText(['1 → 2'])
  const trace = changed.getByRole('link', { name: 'Trace' })
  await expect(trace).toHaveAttribute('href', /^https:\/\/traces\.example\.org\/[0-9a-f]{32}$/)
  const lines = changed.getByRole('link', { name: 'Log lines' })
  await expect(lines).toHaveAttribute('href', `https://logs.example.org/?run=${failed.id}`)
  await expect(page.getByRole('region', { name: 'Step', exact: true })).toContainText('refused')

  await changed.getByRole('link', { name: 'last run that succeeded' }).click()
  await expect(page).toHaveURL(new RegExp(`left=${before.id}.*right=${failed.id}`))
  await page.goBack()

  await page.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('button', { name: 'Retry from step 1' }).click()
  await expect(page).not.toHaveURL(new RegExp(failed.id))
  await expect(page).toHaveURL(/\/(runs|threads)\//)
})
