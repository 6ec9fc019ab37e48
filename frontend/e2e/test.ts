import { test as base, expect, type APIRequestContext, type Locator, type Page } from '@playwright/test'
import { addresses, mine } from './need.ts'

/**
 * Tests that run side by side have a Wheelhouse each, so that none sees what another does. Every test also fails on an
 * error of the page itself, such as something the content policy refused.
 */
export const test = base.extend<{ pageErrors: string[] }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads here what a fixture needs
  baseURL: async ({}, use, { parallelIndex }) => use(mine('WHEELHOUSE_URL', addresses, parallelIndex)),
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text())
      })
      await use(errors)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** A picture to look at, where somebody asks for them with SHOTS=folder. */
export async function picture(page: Page, name: string) {
  const folder = process.env.SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png` })
}

export async function ask(page: Page, text: string) {
  const field = page.getByRole('textbox', { name: /^Message/ })
  await field.fill(text)
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled()
  await field.press('Enter')
  await expect(page).toHaveURL(/\/threads\/[0-9a-f-]{36}/)
  await expect(field).toHaveValue('')
}

/** A name nobody else holds: `hold NAME` keeps a run in the middle of its answer until `release` is called. */
export const aHold = () => `h${Date.now()}`

/** Lets the answer that holds `name` go on; if there is none yet, the next one is not held. */
export async function release(request: APIRequestContext, name: string) {
  const run = await request.post('/api/v1/agents/assistant/runs', {
    data: { input: `release ${name}` },
    headers: { Prefer: 'wait=20' },
  })
  expect(run.ok(), await run.text()).toBe(true)
}

/** The text of an editor for definitions. */
export const definitionOf = async (field: Locator) =>
  (await field.locator('.cm-line').allInnerTexts()).join('\n').replaceAll(/\n(?=\n)/g, '')

/** Puts another text in the place of an editor's own, as a person does who pastes it. */
export async function paste(field: Locator, text: string) {
  await field.press('ControlOrMeta+a')
  await field.evaluate((content, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

export const lastTurn = (page: Page) => page.getByRole('article').last()
/** The facts of a turn stand under it once its run has ended. */
export const ended = (page: Page) => lastTurn(page).getByRole('link', { name: /^Details of this run/ })
export const answerText = async (page: Page) => (await lastTurn(page).locator('.answer').allInnerTexts()).join('\n')

type Logged = {
  seq: number
  type: string
  data: { step?: { kind: string; output: { text: string } }; reason?: string }
}

/** The log of the thread's newest run, as the server has it. */
export async function logOf(page: Page, request: APIRequestContext): Promise<Logged[]> {
  const thread = new URL(page.url()).pathname.split('/').at(-1)
  const runs = (await (await request.get(`/api/v1/threads/${thread}/events?limit=1`)).json()) as {
    data: { run: { id: string } }[]
  }
  const log = await request.get(`/api/v1/runs/${runs.data[0]!.run.id}/events?limit=200`, {
    headers: { Accept: 'application/json' },
  })
  return ((await log.json()) as { data: Logged[] }).data
}

/** The page must show the words of the log: all of them, once, in order. */
export async function expectTranscriptToEqualLog(page: Page, request: APIRequestContext) {
  const log = await logOf(page, request)
  expect(log.map((event) => event.seq)).toEqual(log.map((_event, index) => index + 1))
  const texts = log.flatMap((event) => {
    const step = event.data.step
    return event.type === 'step.succeeded' && step?.kind === 'model' && step.output.text.trim()
      ? [step.output.text]
      : []
  })
  expect(words(await answerText(page))).toEqual(words(texts.join('\n')))
}

/** Markdown signs are not shown, so only letters and digits are compared. */
const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? []
