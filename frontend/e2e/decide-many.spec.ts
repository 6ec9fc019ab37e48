import type { APIRequestContext } from '@playwright/test'
import { expect, test } from './test.ts'

const agent = 'asks-each-time'

/** So many runs that each wait for a decision about an order of their own. */
async function orders(request: APIRequestContext, many: number): Promise<string> {
  const tag = `o${Date.now() % 1_000_000}`
  await request.put(`/api/v1/agents/${agent}`, {
    data: `name: ${agent}\ninstructions: Keep notes.\nmodel: default\ntools: [notes_write]\napprovals: [{when: "true", message: Orders cost money}]\n`,
    headers: { 'Content-Type': 'application/yaml' },
  })
  for (let at = 0; at < many; at++) {
    await request.post(`/api/v1/agents/${agent}/runs`, { data: { input: `note ${tag}-${at}: ${at} m` } })
  }
  const open = async () => {
    const count = await request.get(`/api/v1/approvals/count?agent=${agent}`)
    return ((await count.json()) as { open: number }).open
  }
  await expect.poll(open, { timeout: 60_000 }).toBeGreaterThanOrEqual(many)
  return tag
}

test('thirty_requests_are_decided_by_at_most_sixty_keys_and_none_twice', async ({ page, request }) => {
  test.setTimeout(180_000)
  const tag = await orders(request, 30)
  await page.goto(`/approvals?agent=${agent}`)
  const list = page.getByRole('region', { name: 'Approvals', exact: true })
  await expect(list.getByText(`note ${tag}-29: 29 m`)).toBeVisible()
  await list.focus()
  let keys = 0
  const status = page.locator('.undo-bar [role=status]')
  while (keys < 60 && (await page.locator('[data-question]').count()) > 0) {
    const chosen = page.locator('[data-question][aria-current=true]')
    const before = await chosen.getAttribute('data-question')
    await page.keyboard.press('a')
    keys++
    await expect(page.locator(`[data-question="${before}"]`)).toHaveCount(0)
    await expect(status).toContainText('Approved')
  }
  expect(keys).toBeLessThanOrEqual(60)
  const open = async () => {
    const count = await request.get(`/api/v1/approvals/count?agent=${agent}`)
    return ((await count.json()) as { open: number }).open
  }
  await expect.poll(open, { timeout: 60_000 }).toBe(0)
})

test('a_decision_is_taken_back_within_its_time_and_sent_when_the_page_is_left', async ({ page, request }) => {
  const tag = await orders(request, 2)
  await page.goto(`/approvals?agent=${agent}`)
  const rows = page.locator('[data-question]')
  await expect(rows.filter({ hasText: `note ${tag}-1: 1 m` })).toBeVisible()
  await expect(rows.filter({ hasText: `note ${tag}-1: 1 m` })).toContainText(`name: ${tag}-1 · text: 1 m`)
  const many = await rows.count()
  await page.getByRole('button', { name: 'Approve a', exact: true }).click()
  await expect(rows).toHaveCount(many - 1)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(rows).toHaveCount(many)

  await page.getByRole('button', { name: 'Approve a', exact: true }).click()
  await expect(rows).toHaveCount(many - 1)
  await page.goto('/models')
  const decided = async () => {
    const count = await request.get(`/api/v1/approvals/count?agent=${agent}`)
    return ((await count.json()) as { open: number }).open
  }
  await expect.poll(decided).toBe(many - 1)
})

test('several_are_summed_up_before_they_are_decided', async ({ page, request }) => {
  await orders(request, 3)
  await page.goto(`/approvals?agent=${agent}`)
  await expect(page.locator('[data-question]').nth(2)).toBeVisible()
  await page.getByRole('checkbox', { name: /^Select all/ }).check()
  await page.getByRole('button', { name: /^Approve \d+$/ }).click()
  const summary = page.getByRole('dialog')
  await expect(summary).toContainText(`${agent} wants to run notes_write`)
  await summary.getByRole('button', { name: /^Approve \d+$/ }).click()
  await expect(page.getByText('Nothing to approve')).toBeVisible()
})
