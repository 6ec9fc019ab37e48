import type { APIRequestContext } from '@playwright/test'
import { ask, ended, expect, lastTurn, test } from './test.ts'

/** An agent of this test alone, so that its budget holds nobody else. */
async function anAgent(request: APIRequestContext): Promise<string> {
  const name = `spender-${Date.now()}`
  const definition = `name: ${name}\ninstructions: Answer.\nmodel: default\ntools: [clock, calculator]\n`
  const made = await request.put(`/api/v1/agents/${name}`, {
    data: definition,
    headers: { 'Content-Type': 'application/yaml' },
  })
  expect(made.ok()).toBe(true)
  return name
}

test('an_admin_caps_an_agent_sees_it_stop_at_the_cap_and_raises_it', async ({ page, request }) => {
  const agent = await anAgent(request)
  await page.goto('/budgets')
  await page
    .getByRole('button', { name: /New budget|Create a budget/ })
    .first()
    .click()
  const form = page.getByRole('dialog')
  await form.getByLabel('For').selectOption('agent')
  await form.getByLabel('Which agent').fill(agent)
  await form.getByLabel('Measure').selectOption('calls')
  await form.getByLabel(/^Limit/).fill('2')
  await form.getByLabel('Resets').selectOption('day')
  await form.getByLabel(/^Note/).fill('Ask the purser')
  await form.getByRole('button', { name: 'Create' }).click()
  const budget = page.getByRole('article', { name: `Agent ${agent}` })
  await expect(budget).toContainText('2 calls per day')

  await page.goto(`/threads?agent=${agent}`)
  await ask(page, 'what is 17 * 23')
  await expect(ended(page)).toBeVisible()
  await page.goto('/budgets')
  await expect(budget.getByRole('meter')).toHaveAttribute('aria-valuenow', '100')
  await expect(budget).toContainText('limit reached')

  await page.goto(`/threads?agent=${agent}`)
  const field = page.getByRole('textbox', { name: `Message ${agent}` })
  await field.fill('what is 2 + 2')
  await field.press('Enter')
  await expect(page.getByText(/Daily call budget/).first()).toBeVisible()

  await page.goto('/budgets')
  await budget.getByRole('button', { name: /^Edit/ }).click()
  await page.getByLabel(/^Limit/).fill('20')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(budget).toContainText('18 calls left')

  await budget.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Delete budget' }).click()
  await expect(budget).toBeHidden()
})

test('a_run_shows_what_it_may_still_use_and_what_to_do_when_that_was_too_little', async ({ page, request }) => {
  const agent = await anAgent(request)
  const limited = `name: ${agent}\ninstructions: Answer.\nmodel: default\ntools: [clock]\nlimits: {calls: 2, repeats: 20, idle: 20}\n`
  await request.put(`/api/v1/agents/${agent}`, { data: limited, headers: { 'Content-Type': 'application/yaml' } })
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, 'loop')
  await expect(lastTurn(page).getByRole('alert')).toContainText('2')
  await expect(lastTurn(page).getByRole('link', { name: 'Edit agent' })).toBeVisible()

  await ended(page).click()
  await expect(page.getByText('limit_calls').first()).toBeVisible()
  await expect(page.getByRole('meter', { name: 'Model calls used' })).toHaveAttribute('aria-valuenow', '100')
})
