import { expect, test } from './test.ts'

test('an_admin_sets_replaces_and_deletes_a_secret_without_seeing_its_value', async ({ page }) => {
  const name = `token-${Date.now()}`
  await page.goto('/settings/secrets')
  await page.getByRole('button', { name: 'New secret' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Value').fill('sesame')
  await form.getByLabel(/^Hosts/).fill('api.example.org, *.example.net:8443')
  await expect(form.getByRole('button', { name: 'Create secret' })).toBeDisabled()
  await form.getByLabel('Value').fill('sesame-open-up')
  await form.getByRole('button', { name: 'Create secret' }).click()

  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row).toContainText('api.example.org, *.example.net:8443')
  await row.getByRole('button', { name: 'Replace' }).click()
  await expect(form.getByLabel('Value')).toHaveValue('')
  await form.getByLabel('Value').fill('another-sesame')
  await form.getByLabel(/^Hosts/).fill('api.example.org')
  await form.getByRole('button', { name: 'Replace secret' }).click()
  await expect(row).not.toContainText('example.net')

  await page.reload()
  await expect(row).toBeVisible()
  expect(await page.content()).not.toContain('sesame')

  await row.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete secret' }).click()
  await expect(row).toBeHidden()
})

test('a_secret_that_somebody_else_has_replaced_meanwhile_is_not_overwritten', async ({ page, request }) => {
  const name = `token-${Date.now()}`
  const put = (value: string) =>
    request.put(`/api/v1/secrets/${name}`, { data: { value, hosts: ['api.example.org'], description: value } })
  expect((await put('the-first-value')).ok()).toBe(true)
  await page.goto('/settings/secrets')
  const row = page.getByRole('row', { name: new RegExp(name) })
  await row.getByRole('button', { name: 'Replace' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Value').fill('a-value-of-mine')
  expect((await put('a-value-of-theirs')).ok()).toBe(true)
  await form.getByRole('button', { name: 'Replace secret' }).click()

  await expect(form).toContainText('Changed by somebody else')
  await form.getByRole('button', { name: 'Close' }).click()
  await expect(row).toContainText('a-value-of-theirs')
  await row.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete secret' }).click()
  await expect(row).toBeHidden()
})
