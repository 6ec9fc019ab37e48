import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext } from '@playwright/test'
import { expect, test } from './test.ts'

const themes = ['light', 'dark'] as const
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 320, height: 640 } }

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
    '/sign-in',
    '/nowhere',
  ]
}

for (const theme of themes) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test(`no_page_has_an_axe_violation_or_scrolls_sideways_in_${theme}_on_a_${size}`, async ({ page, request }) => {
      test.setTimeout(180_000)
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const address of await addresses(request)) {
        await test.step(address, async () => {
          await page.goto(address)
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
