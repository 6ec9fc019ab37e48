import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect, picture, test } from './test.ts'

test.describe.configure({ mode: 'parallel' })
// Pictures of a hundred pages that nobody looks at would take longer than the looking: what is wrong is said in words.
test.use({ trace: 'off' })

/**
 * A page is loaded twice, in a small window and in a large one; the others of its kind are what the person makes of it
 * by turning, dragging and zooming. A zoom of 200 and 400 % is 1440 x 900 seen through half and a quarter.
 */
const windows = {
  small: [
    { name: 'phone_320', width: 320, height: 640 },
    { name: 'phone_390', width: 390, height: 844 },
    { name: 'zoom_400', width: 360, height: 225 },
  ],
  large: [
    { name: 'desktop_1280', width: 1280, height: 800 },
    { name: 'desktop_1440', width: 1440, height: 900 },
    { name: 'tablet_1024', width: 1024, height: 768 },
    { name: 'zoom_200', width: 720, height: 450 },
  ],
}

/** What shows that the page is drawn, where that is more than its heading. */
type Place = { address: string; shows?: RegExp }

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
    '/usage',
    '/status',
  ]
}

/** A trigger of each kind that has a page of its own look, and a webhook with a delivery. */
async function triggersAndWebhooks(request: APIRequestContext): Promise<string[]> {
  const put = (path: string, data: string) =>
    request.put(`/api/v1/${path}`, { data, headers: { 'Content-Type': 'application/yaml' } })
  const target = 'agent: assistant\ninput: hello\n'
  await put('triggers/nightly', `name: nightly\n${target}schedule: {cron: "0 2 * * *", timeZone: Europe/Berlin}\n`)
  await put('triggers/open-door', `name: open-door\n${target}webhook: {open: true}\n`)
  const url = 'http://127.0.0.1:9/a-path-that-is-long-enough-to-be-broken'
  await put('webhooks/pager', `name: pager\nurl: ${url}\nevents: ["*"]\n`)
  await request.post('/api/v1/triggers/nightly/run', { data: {} })
  await request.post('/api/v1/webhooks/pager/test', { data: {} })
  return [
    '/triggers',
    '/triggers/nightly',
    '/triggers/nightly?show=edit',
    '/triggers/open-door',
    '/new-trigger',
    '/webhooks',
    '/webhooks/pager',
  ]
}

/** A workflow and a run of it, both drawn as graphs. */
async function workflows(request: APIRequestContext): Promise<Place[]> {
  const run = await request.post('/api/v1/workflows/nightly-digest/runs', {
    data: { input: {} },
    headers: { Prefer: 'wait=20' },
  })
  const { id } = (await run.json()) as { id: string }
  const shows = /^keep, tool/
  return [
    { address: '/workflows' },
    { address: '/workflows/nightly-digest', shows },
    { address: '/workflows/nightly-digest?show=history' },
    { address: '/new-workflow' },
    { address: `/runs/${id}`, shows },
  ]
}

/** The id of a run of the assistant that has ended, and its thread. */
async function ended(request: APIRequestContext, input: string) {
  const answer = await request.post('/api/v1/agents/assistant/runs', {
    data: { input },
    headers: { Prefer: 'wait=20' },
  })
  return (await answer.json()) as { id: string; thread: string }
}

/** Every address of the console, with a thread and a run to look at. */
async function places(request: APIRequestContext): Promise<Place[]> {
  const { id, thread } = await ended(request, 'use clock and calculator at once')
  const failed = await ended(request, 'fail')
  const run = `/runs/${id}`
  const agent = '/agents/assistant'
  const addresses = [
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
    `/runs/${failed.id}`,
    ...(await questions(request)),
    ...(await triggersAndWebhooks(request)),
  ]
  return [...addresses.map((address) => ({ address })), ...(await workflows(request))]
}

/** Parts that a person uses and cannot see whole, whatever they scroll, and pairs of controls that lie on each other. */
function outOfReach(): string[] {
  const name = (one: Element) => `${one.tagName}.${one.className} "${(one.textContent ?? '').trim().slice(0, 24)}"`
  const wrong: string[] = []
  for (const part of document.querySelectorAll('.fall, .yaml, .content')) {
    const box = part.getBoundingClientRect()
    const needs = Math.min(200, part.scrollHeight)
    if (box.width > 0 && box.height < needs - 1) wrong.push(`${name(part)} is ${Math.round(box.height)} px high`)
  }
  const shown = [...document.querySelectorAll<HTMLElement>('main a, main button, main input, main textarea, main dd')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.hidden, [role=dialog]'))
    .filter((one) => !one.querySelector('a, button, input'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 2 && box.height > 2)
  for (const [index, a] of shown.entries()) {
    for (const b of shown.slice(index + 1)) {
      if (a.one.contains(b.one) || b.one.contains(a.one)) continue
      if (a.one.closest('.scroll, .fall, .content, .beside') !== b.one.closest('.scroll, .fall, .content, .beside'))
        continue
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
      if (wide > 4 && high > 4) wrong.push(`${name(a.one)} lies on ${name(b.one)}`)
    }
  }
  return wrong.slice(0, 6)
}

async function visit(page: Page, { address, shows }: Place) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(address)
  // On a phone an approval lies over the page, which then is nobody's to see.
  await expect(page.getByRole('main').or(page.getByRole('dialog')).first()).toBeVisible()
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  if (shows) await expect(page.getByRole('button', { name: shows })).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
}

/** The page has been drawn since the last change of its window or colours. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

const rulesOfColours = ['color-contrast', 'link-in-text-block']

/** In the dark only colours are other ones: what axe says of them is asked again, the rest is as it was. */
async function expectNoViolations(page: Page, place: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await drawn(page)
    // Without frames of others axe need not open a window of its own to put its findings together.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(rulesOfColours)).analyze()
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
    expect.soft(said, `${place} in ${colorScheme}`).toEqual([])
    await picture(page, `${place}-${colorScheme}`)
  }
}

async function expectAllInReach(page: Page, place: string) {
  await drawn(page)
  expect.soft(await page.evaluate(outOfReach), place).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect.soft(overflow, `${place} scrolls sideways`).toBeLessThanOrEqual(0)
}

for (const [kind, sizes] of Object.entries(windows)) {
  test(`everybody_can_see_reach_and_use_every_page_in_a_${kind}_window`, async ({ page, request }) => {
    test.setTimeout(900_000)
    for (const place of await places(request)) {
      await test.step(place.address, async () => {
        for (const [at, { name, ...size }] of sizes.entries()) {
          const where = `${place.address} at ${name}`
          await page.setViewportSize(size)
          if (at === 0) await visit(page, place)
          await expectAllInReach(page, where)
          if (at === 0) await expectNoViolations(page, where)
        }
      })
    }
  })
}
