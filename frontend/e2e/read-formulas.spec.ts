import { AxeBuilder } from '@axe-core/playwright'
import { ask, ended, expect, lastTurn, test } from './test.ts'

// What the content policy refuses fails every test: nothing here writes a style or a script into the page.
test('code_formulas_diagrams_and_tasks_are_drawn_and_the_policy_holds', async ({ page }) => {
  const text = [
    'What is 17 * 23',
    '```js\nconst depth = 40 // m\n```',
    '```mermaid\ngraph LR\n  A[Rope] --> B{Long enough?}\n  B -->|yes| C[Sail]\n```',
    '```mermaid\ngantt\n  title Not drawn\n```',
    'The area is $\\pi r^2$, and it costs $5 or $10.',
    '$$\\int_0^1 \\sqrt{x}\\,dx = \\frac{2}{3}$$',
    '- [x] rope\n- [ ] paint',
  ].join('\n\n')
  await page.goto('/threads')
  await ask(page, text)
  await expect(ended(page)).toBeVisible()

  const said = lastTurn(page).locator('.say')
  await expect(said.locator('.hljs-keyword').first()).toHaveText('const')
  await expect(said.getByRole('img', { name: /^Diagram: graph LR/ })).toBeVisible()
  await expect(said.getByRole('region', { name: 'mermaid block' }).last()).toContainText('Not drawn')
  await expect(said.getByRole('math')).toHaveCount(2)
  await expect(said.locator('.katex-display .sqrt')).toBeVisible()
  await expect(said).toContainText('it costs $5 or $10')
  await expect(said.getByRole('img', { name: 'Done' })).toBeVisible()

  const { violations } = await new AxeBuilder({ page }).include('.say').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([])
})
