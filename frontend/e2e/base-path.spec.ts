import { need } from './need.ts'
import { ask, expect, lastTurn, test } from './test.ts'

const prefix = () => need('WHEELHOUSE_BASE_PATH', 'the prefix that the Wheelhouse with keys is told to take off')
const below = (path: string) => need('WHEELHOUSE_KEYS_URL', 'its address') + prefix() + path
const key = () => need('WHEELHOUSE_KEY', 'a key of that Wheelhouse with all scopes')

test('below_a_prefix_a_person_signs_in_asks_and_reloads_and_nothing_leaves_it', async ({ page, context }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))

  await page.goto(below('/runs?state=failed'))
  await expect(page).toHaveURL(below('/sign-in?to=%2Fruns%3Fstate%3Dfailed'))
  await page.getByLabel('Key').fill(key())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(below('/runs?state=failed'))
  const cookie = (await context.cookies()).find(({ name }) => name === 'wheelhouse_session')
  expect(cookie?.path).toBe(`${prefix()}/`)

  await page.locator('a.brand').click()
  await ask(page, 'what is 17 * 23')
  await expect(lastTurn(page).locator('.answer').last()).toContainText('391')
  await page.reload()
  await expect(lastTurn(page).locator('.answer').last()).toContainText('391')
  await expect(page).toHaveURL(new RegExp(`${prefix()}/threads/`))

  expect(asked.filter((path) => !path.startsWith(`${prefix()}/`))).toEqual([])
})
