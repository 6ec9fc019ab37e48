import type { APIRequestContext, Page } from '@playwright/test'
import { ask, ended, expect, lastTurn, test } from './test.ts'

/** An agent that may not write a note unasked. */
async function careful(request: APIRequestContext): Promise<string> {
  const name = `careful-${Date.now()}`
  const definition = `name: ${name}
instructions: Keep notes.
model: default
tools: [notes_write, notes_read, calculator, ask_person]
approvals:
  - when: tool.name == "notes_write"
    message: Notes are read by the whole crew
    expires: 4h
`
  const made = await request.put(`/api/v1/agents/${name}`, {
    data: definition,
    headers: { 'Content-Type': 'application/yaml' },
  })
  expect(made.ok(), await made.text()).toBe(true)
  return name
}

const card = (page: Page) => page.getByRole('region', { name: /approval$/ })

test('a_person_finds_the_question_in_the_inbox_and_approves_it_with_a_key', async ({ page, request }) => {
  const agent = await careful(request)
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, 'note rope: 40 m')
  await expect(card(page)).toContainText('Not run yet')
  await expect(card(page)).toContainText('Notes are read by the whole crew')
  const thread = page.url()

  await page.getByRole('link', { name: /^Approvals \d+\+? open/ }).click()
  const row = page.getByRole('button', { name: new RegExp(`${agent} · notes_write`) })
  await row.click()
  await expect(card(page)).toContainText('40 m')
  await expect(card(page)).toContainText(/Auto-rejects in (4 h|3 h 5\d min)/)
  await page.keyboard.press('a')

  await expect(page.getByText(/^Approved/).first()).toBeVisible()
  await page.goto(thread)
  await expect(ended(page)).toBeVisible()
  await expect(lastTurn(page).getByRole('button', { name: /notes_write/ })).toContainText('approved')
})

test('edited_arguments_are_a_new_request_and_are_what_is_run', async ({ page, request }) => {
  const agent = await careful(request)
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, 'note rope: 40 m')
  await card(page).getByRole('button', { name: 'Edit' }).click()
  await card(page).getByLabel('text').fill('60 m')
  await card(page).getByRole('button', { name: 'Save and review' }).click()

  await expect(card(page)).toContainText('Edited request')
  await expect(card(page).locator('del')).toContainText('40 m')
  await expect(card(page).locator('ins')).toContainText('60 m')
  await page.reload()
  await expect(card(page).locator('ins')).toContainText('60 m')
  await card(page).getByRole('button', { name: 'Approve' }).click()

  await expect(ended(page)).toBeVisible()
  await ask(page, 'read note rope')
  await expect(lastTurn(page).locator('.answer').last()).toContainText('60 m')
})

test('a_rejection_tells_the_agent_why_and_looks_the_same_after_a_reload', async ({ page, request }) => {
  const agent = await careful(request)
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, 'note rope: 40 m')
  await card(page).focus()
  await page.keyboard.press('r')
  await page.keyboard.type('The locker is full')
  await card(page).getByRole('button', { name: 'Reject' }).click()

  await expect(ended(page)).toBeVisible()
  const call = lastTurn(page).getByRole('button', { name: /notes_write/ })
  await expect(call).toContainText('rejected')
  await call.click()
  await expect(lastTurn(page)).toContainText('The locker is full')
  await page.reload()
  await expect(lastTurn(page).getByRole('button', { name: /notes_write/ })).toContainText('rejected')
  await expect(card(page)).toHaveCount(0)
})

test('several_are_answered_at_once_and_one_that_was_decided_elsewhere_says_so', async ({ page, request }) => {
  const agent = await careful(request)
  for (const note of ['one', 'two', 'three'])
    await request.post(`/api/v1/agents/${agent}/runs`, { data: { input: `note ${note}: of ${agent}` } })
  await page.goto('/approvals')
  const rows = page.getByRole('listitem').filter({ hasText: agent })
  await expect(rows).toHaveCount(3)
  for (const row of await rows.all()) await row.getByRole('checkbox').check()

  const open = (await (await request.get('/api/v1/approvals?state=open')).json()) as {
    data: { id: string; agent: string }[]
  }
  const first = open.data.find((one) => one.agent === agent)!
  // The page hears of it only with its next look; until then it still offers the question.
  await page.route('**/api/v1/approvals?*', (route) => route.abort())
  const early = await request.post(`/api/v1/approvals/${first.id}/decision`, { data: { decision: 'approve' } })
  expect(early.ok()).toBe(true)
  await page.getByRole('button', { name: 'Approve 3' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve 3' }).click()

  await expect(page.getByText('2 approved, 1 failed')).toBeVisible()
  await expect(rows.getByRole('alert')).toHaveCount(1)
  await expect(rows.getByRole('alert')).toContainText(/decided "approve"/)
  await page.unroute('**/api/v1/approvals?*')
  await expect(rows).toHaveCount(0)
})

test('what_an_agent_asks_a_person_is_a_form_of_its_schema', async ({ page, request }) => {
  const agent = await careful(request)
  const schema = {
    type: 'object',
    required: ['metres', 'colour'],
    properties: {
      metres: { type: 'integer', minimum: 1, description: 'How much' },
      colour: { enum: ['blue', 'red'] },
      spliced: { type: 'boolean' },
    },
  }
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, `call ask_person ${JSON.stringify({ question: 'Which rope?', schema })}`)
  await expect(card(page)).toContainText('Which rope?')
  await card(page).getByLabel('metres').fill('0')
  await card(page).getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(card(page)).toContainText('must be at least 1')
  await card(page).getByLabel('metres').fill('12')
  await card(page).getByLabel('colour').selectOption('red')
  await card(page).getByLabel('spliced').check()
  await card(page).getByRole('button', { name: 'Answer', exact: true }).click()

  await expect(ended(page)).toBeVisible()
  await expect(lastTurn(page)).toContainText('red')
})

test('a_decision_made_on_another_screen_is_seen_here_at_once', async ({ page, request }) => {
  const agent = await careful(request)
  await page.goto(`/threads?agent=${agent}`)
  await ask(page, `call ask_person ${JSON.stringify({ question: 'Sail now?', options: ['yes', 'no'] })}`)
  await expect(card(page).getByRole('button', { name: 'yes' })).toBeVisible()

  const open = (await (await request.get('/api/v1/approvals?state=open')).json()) as {
    data: { id: string; agent: string }[]
  }
  const asked = open.data.find((one) => one.agent === agent)!
  await request.post(`/api/v1/approvals/${asked.id}/decision`, { data: { decision: 'approve', answer: 'no' } })

  await expect(card(page)).toHaveCount(0)
  await expect(ended(page)).toBeVisible()
})
