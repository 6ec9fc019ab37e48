import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext } from '@playwright/test'
import { expect, test } from './test.ts'

const themes = ['light', 'dark'] as const
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 320, height: 640 } }

/** A run that asks whether it may do something, and one whose question is edited already. */
async function questions(request: APIRequestContext): Promise<string[]> {
  const definition =
    'name: asks-first\ninstructions: Keep notes.\nmodel: default\ntools: [notes_write, ask_person]\napprovals: [{when: "true", message: Ask first}]\n'
  await request.put('/api/v1/agents/asks-first', {
    data: definition,
    headers: { 'Content-Type': 'application/yaml' },
  })
  const start = async (input: string) => {
    const answer = await request.post('/api/v1/agents/asks-first/runs', { data: { input } })
    const { id, thread } = (await answer.json()) as { id: string; thread: string }
    const open = async () => {
      const found = await request.get(`/api/v1/approvals?state=open&run=${id}`)
      return ((await found.json()) as { data: { id: string }[] }).data[0]?.id
    }
    await expect.poll(open).toBeDefined()
    return { id, thread, asked: (await open())! }
  }
  const plain = await start('note rope: 40 m')
  const edited = await start('note chain: 5 m')
  const decision = await request.post(`/api/v1/approvals/${edited.asked}/decision`, {
    data: { decision: 'approve', arguments: { name: 'chain', text: '6 m' } },
  })
  const { id: newer } = (await decision.json()) as { id: string }
  await request.post('/api/v1/budgets', {
    data: { scope: 'tenant', unit: 'tokens', period: 'month', cap: 1_000_000_000 },
  })
  await request.post('/api/v1/budgets', {
    data: { scope: 'agent', subject: '*', unit: 'calls', period: 'day', cap: 1_000_000 },
  })
  return [
    '/approvals',
    `/approvals?approval=${newer}`,
    '/approvals?state=any',
    `/threads/${plain.thread}`,
    `/runs/${plain.id}`,
    `/runs/compare?left=${plain.id}&right=${edited.id}`,
    '/runs/compare',
    '/budgets',
  ]
}

/** Every address of the console, with a thread and a run to look at. */
async function addresses(request: APIRequestContext): Promise<string[]> {
  const answer = await request.post('/api/v1/agents/assistant/runs', {
    data: { input: 'use clock and calculator at once' },
    headers: { Prefer: 'wait=20' },
  })
  const { id, thread } = (await answer.json()) as { id: string; thread: string }
  const run = `/runs/${id}`
  const agent = '/agents/assistant'
  return [
    '/threads',
    `/threads/${thread}`,
    '/runs',
    run,
    `${run}?step=2`,
    `${run}?show=table`,
    `${run}?show=log`,
    `${run}?show=json`,
    '/agents',
    agent,
    `${agent}?show=edit`,
    `${agent}?show=history`,
    '/new-agent',
    '/tools',
    '/models',
    '/reference',
    '/settings',
    '/settings/keys',
    '/settings/secrets',
    '/sign-in',
    '/nowhere',
    ...(await questions(request)),
  ]
}

for (const theme of themes) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test(`no_page_has_an_axe_violation_or_scrolls_sideways_in_${theme}_on_a_${size}`, async ({ page, request }) => {
      test.setTimeout(300_000)
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const address of await addresses(request)) {
        await test.step(address, async () => {
          await page.goto(address)
          // On a phone an approval lies over the page, which then is nobody's to see.
          await expect(page.getByRole('main').or(page.getByRole('dialog')).first()).toBeVisible()
          await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
          await page.evaluate(() => document.fonts.ready)
          const { violations } = await new AxeBuilder({ page }).analyze()
          const said = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
          )
          expect.soft(said, address).toEqual([])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect.soft(overflow, `${address} scrolls sideways`).toBeLessThanOrEqual(0)
        })
      }
    })
  }
}
