import { need } from './need.ts'
import { ask, expect, lastTurn, test } from './test.ts'

const keysUrl = () => need('WHEELHOUSE_KEYS_URL', 'the address of a second Wheelhouse that runs with AUTH_MODE=keys')
const key = () => need('WHEELHOUSE_KEY', 'a key of that Wheelhouse with all scopes')

test('a_person_signs_in_with_a_key_asks_and_signs_out', async ({ page, context }) => {
  await page.goto(`${keysUrl()}/runs?state=failed`)
  await expect(page).toHaveURL(/\/sign-in/)

  await page.getByLabel('Key').fill('wh_default_wrongwrongwrongwrongwrongwrongwr')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()

  await page.getByLabel('Key').fill(key())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/runs\?state=failed/)

  const cookie = (await context.cookies()).find(({ name }) => name === 'wheelhouse_session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  expect(await page.evaluate(() => JSON.stringify([document.cookie, localStorage, sessionStorage]))).not.toContain(
    'wh_',
  )

  await page.goto(`${keysUrl()}/threads`)
  await ask(page, 'what is 17 * 23')
  await expect(lastTurn(page).locator('.answer').last()).toContainText('391')

  await page.goto(`${keysUrl()}/settings`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto(`${keysUrl()}/threads`)
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a_key_is_shown_once_opens_and_after_its_end_opens_no_more', async ({ page, request }) => {
  await page.goto(`${keysUrl()}/settings/keys`)
  await page.getByLabel('Key').fill(key())
  await page.getByRole('button', { name: 'Sign in' }).click()

  const name = `spec ${Date.now()}`
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  const secret = await page.getByRole('region', { name: 'Key' }).innerText()
  expect(secret).toMatch(/^wh_default_/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(page.getByText(name)).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  const withKey = () => request.get(`${keysUrl()}/api/v1/runs`, { headers: { Authorization: `Bearer ${secret}` } })
  expect((await withKey()).status()).toBe(200)

  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke key' }).click()

  await expect(page.getByRole('cell', { name, exact: true })).toBeHidden()
  expect((await withKey()).status()).toBe(401)
})
