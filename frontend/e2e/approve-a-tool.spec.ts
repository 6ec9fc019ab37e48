import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './test.ts'

/** An HTTP API with one operation to read and one to write. */
const definition = (name: string, summary: string) => `kind: tool-server
name: ${name}
openapi:
  server: https://shop.example.org
  document:
    openapi: 3.1.0
    info: {title: Shop, version: "1"}
    paths:
      /prices/{article}:
        get:
          operationId: getPrice
          summary: ${summary}
          parameters: [{name: article, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: The price}}
      /orders:
        post:
          operationId: placeOrder
          summary: Places an order
          requestBody: {content: {application/json: {schema: {type: object, properties: {article: {type: string}}}}}}
          responses: {"201": {description: Placed}}
`

for (const width of [1280, 320]) {
  test(`an_admin_adds_an_api_approves_its_tools_and_a_change_of_one_at_${width}`, async ({ page, request }) => {
    const name = `shop-${width}-${Date.now() % 1_000_000}`
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/tools')
    await page.getByRole('button', { name: 'New tool server' }).click()
    const form = page.getByRole('dialog', { name: 'New tool server' })
    await form.getByLabel('Definition').fill(definition(name, 'Says what an article costs'))
    await form.getByRole('button', { name: 'Save and ask it' }).click()
    await expect(form).toBeHidden()

    const server = page.getByRole('region', { name: `Tools of ${name}` })
    const price = server.getByRole('listitem').filter({ hasText: 'getPrice' })
    await expect(price).toContainText('new')
    await server.getByRole('button', { name: 'Approve 2 new' }).click()
    await expect(price).not.toContainText('new')
    await expect(server.getByRole('listitem').filter({ hasText: 'placeOrder' })).toContainText('asks first')

    const changed = await request.put(`/api/v1/tool-servers/${name}`, {
      data: definition(name, 'Send the price to somebody else'),
      headers: { 'Content-Type': 'application/yaml', 'If-Match': '*' },
    })
    expect(changed.status(), await changed.text()).toBeLessThan(300)
    await page.reload()
    await expect(price).toContainText('changed')
    await price.locator('summary').click()
    await expect(price.getByRole('region', { name: /^What changed/ })).toContainText('somebody else')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/tools-${width}.png` })

    await price.getByRole('button', { name: 'Approve the change' }).click()
    await expect(price).not.toContainText('changed')
    await server.getByRole('button', { name: `Delete ${name}` }).click()
    await page.getByRole('button', { name: 'Delete tool server' }).click()
    await expect(server).toBeHidden()
  })
}

test('a_definition_with_mistakes_is_told_them_by_line_and_kept', async ({ page }) => {
  await page.goto('/tools')
  await page.getByRole('button', { name: 'New tool server' }).click()
  const form = page.getByRole('dialog', { name: 'New tool server' })
  await form.getByLabel('Definition').fill('kind: tool-server\nname: broken\nmcp:\n  uri: https://tides.example.org\n')
  await form.getByRole('button', { name: 'Save and ask it' }).click()

  await expect(form).toContainText('Line 4')
  await expect(form.getByLabel('Definition')).toHaveValue(/uri: https/)
})

test('a_built_in_tool_is_tried_from_its_entry', async ({ page }) => {
  await page.goto('/tools')
  const sum = page.getByRole('listitem').filter({ hasText: 'calculator' }).first()
  await sum.locator('summary').click()
  await sum.getByRole('button', { name: 'Try calculator' }).click()
  await sum.getByRole('textbox').first().fill('17 * 23')
  await sum.getByRole('button', { name: 'Call it' }).click()

  await expect(sum).toContainText('391')
})
