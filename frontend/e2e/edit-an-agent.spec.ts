import { ask, definitionOf, expect, lastTurn, paste, test } from './test.ts'

test('a_builder_mends_every_problem_beside_its_line_then_publishes_and_chats', async ({ page }) => {
  const name = `pilot-${Date.now()}`
  await page.goto('/agents')
  await page.getByRole('link', { name: 'New agent' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()

  const field = page.getByRole('textbox', { name: 'Definition as YAML' })
  await expect(field).toContainText('instructions')
  const good = await definitionOf(field)
  await paste(field, good.replace('description:', 'descripton:').replace('calculator', 'calculater'))
  const problems = page.getByRole('list', { name: 'Problems' })
  await expect(problems).toContainText('descripton')
  await expect(problems).toContainText('calculater')
  await expect(problems).toContainText(/Line 2/)
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled()

  await paste(field, good)
  await expect(page.getByText('No problems')).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page).toHaveURL(new RegExp(`/agents/${name}$`))
  await expect(page.getByText('revision 1').first()).toBeVisible()

  await page.getByRole('link', { name: 'Edit' }).click()
  await paste(field, good.replace('You answer briefly', 'You answer at length'))
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('draft 2', { exact: true })).toBeVisible()
  await expect(page.getByText('You answer at length')).toBeVisible()
  await page.getByRole('button', { name: 'Publish revision 2' }).click()
  await expect(page.getByText('revision 2', { exact: true })).toBeVisible()
  await expect(page.getByText('draft 2', { exact: true })).toBeHidden()

  await page.getByRole('link', { name: 'Chat', exact: true }).last().click()
  await ask(page, 'what is 6 * 7')
  await expect(lastTurn(page).locator('.answer').last()).toContainText('42')
  await expect(page.getByText(`${name}, revision 2`)).toBeVisible()
})

test('a_builder_compares_with_what_somebody_else_saved_before_saving_over_it', async ({ page }) => {
  const name = `shared-${Date.now()}`
  const definition = (says: string) => `name: ${name}\ninstructions: ${says}\n`
  const put = (says: string) =>
    page.request.put(`/api/v1/agents/${name}`, {
      data: definition(says),
      headers: { 'Content-Type': 'application/yaml' },
    })
  expect((await put('First.')).ok()).toBe(true)
  await page.goto(`/agents/${name}`)
  await page.getByRole('link', { name: 'Edit' }).click()
  const field = page.getByRole('textbox', { name: 'Definition as YAML' })
  await paste(field, definition('Mine.'))

  expect((await put('Theirs.')).ok()).toBe(true)
  await page.getByRole('button', { name: 'Publish' }).click()
  const changed = page.getByRole('alert', { name: 'Changed by somebody else' })
  await expect(changed).toContainText('Theirs.')
  await expect(changed).toContainText('Mine.')

  await changed.getByRole('button', { name: /Keep my text/ }).click()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('revision 3').first()).toBeVisible()
})

test('a_builder_changes_a_draft_and_tries_it_again_by_one_click', async ({ page }) => {
  const name = `tried-${Date.now()}`
  await page.goto('/new-agent')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()
  const pane = page.getByRole('region', { name: 'Try it' })
  await pane.getByRole('textbox').fill('what is 6 * 7')
  await pane.getByRole('button', { name: 'Try' }).click()
  await expect(pane).toContainText('42')
  await expect(pane).toContainText('revision 1')

  await page.getByRole('button', { name: 'Form' }).click()
  await page.getByLabel('Instructions').fill('Say only the number.')
  await pane.getByRole('button', { name: 'Try again' }).click()
  await expect(pane.locator('.facts')).toContainText('revision 2')
  await expect(pane.locator('.tried')).toContainText('42')
  await expect(pane.getByRole('link', { name: 'Compare with the last' })).toBeVisible()

  await page.goto(`/agents/${name}?show=edit`)
  await expect(page.getByRole('region', { name: 'Try it' }).getByRole('textbox')).toHaveValue('what is 6 * 7')
  await expect(page.getByLabel('Instructions')).toHaveValue(/Say only the number/)
})
