import { expect, picture, test } from './test.ts'

const put = (name: string, text: string) => ({
  url: `/api/v1/workflows/${name}`,
  init: { data: text, headers: { 'Content-Type': 'application/yaml' } },
})

test('a_builder_makes_a_workflow_in_the_graph_runs_it_and_approves', async ({ page }) => {
  const name = `steps-${Date.now()}`
  await page.goto('/workflows')
  await page.getByRole('link', { name: 'New workflow' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()

  const graph = page.getByRole('group', { name: 'States of the workflow' })
  await graph.getByRole('button', { name: /^ask, agent/ }).click()
  await page.getByLabel('Kind of the new state').selectOption('approval')
  await page.getByRole('button', { name: 'Add after ask' }).click()
  const form = page.getByRole('region', { name: 'State approve' })
  await form.getByLabel('Message').fill('Publish what it says?')
  await form.getByLabel('If rejected').selectOption('done')
  await expect(graph.getByRole('button', { name: /^approve, approval/ })).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Definition as YAML' })
  await expect(field).toContainText('Publish what it says?')
  await expect(field).toContainText('next: approve')
  await picture(page, 'editor')

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText('revision 1').first()).toBeVisible()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Run ${name}` })
  await dialog.getByLabel(/message/i).fill('say hello')
  await dialog.getByRole('button', { name: 'Start' }).click()

  const states = page.getByRole('group', { name: 'States of the run' })
  await expect(states.getByRole('button', { name: /^ask, agent.*done/ })).toBeVisible()
  await expect(states.getByRole('button', { name: /^approve, approval.*waiting/ })).toBeVisible()
  await picture(page, 'run-waiting')
  await page
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click()
  await expect(states.getByRole('button', { name: /^done, succeed.*done/ })).toBeVisible()
  await states.getByRole('button', { name: /^ask, agent/ }).click()
  await expect(page.getByRole('region', { name: 'Step' })).toContainText('hello')
})

test('mistakes_stand_at_the_line_and_at_the_state_and_comments_stay', async ({ page }) => {
  const name = `marked-${Date.now()}`
  const text = `kind: workflow
name: ${name}
start: ask
states:
  # this comment stays
  ask: {agent: assistant, next: done} # and this one
  done: {succeed: {}}
`
  const { url, init } = put(name, text)
  expect((await page.request.put(url, init)).ok()).toBe(true)
  await page.goto(`/workflows/${name}`)
  const graph = page.getByRole('group', { name: 'States of the workflow' })
  await graph.getByRole('button', { name: /^ask, agent/ }).click()
  const form = page.getByRole('region', { name: 'State ask' })
  await form.getByLabel('Agent').fill('assistent')

  await expect(page.getByRole('list', { name: 'Problems' })).toContainText(/Line 6.*assistent/)
  await expect(graph.getByRole('button', { name: /^ask, agent.*1 wrong/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled()
  await form.getByLabel('Agent').fill('assistant')
  await form.getByLabel('Time-out').fill('90s')
  await expect(page.getByText('No problems')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Definition as YAML' })
  await expect(field).toContainText('# this comment stays')
  await expect(field).toContainText('timeout: 90s} # and this one')
})

test('a_crew_is_drawn_as_its_states_and_can_be_turned_into_them', async ({ page }) => {
  await page.goto('/workflows/research-crew')
  const graph = page.getByRole('group', { name: 'States of the workflow' })
  await expect(graph.getByRole('button', { name: /^research, agent/ })).toBeVisible()
  await expect(graph.getByRole('button', { name: /^report, agent/ })).toBeVisible()
  await picture(page, 'crew')
  await page.getByRole('button', { name: 'Turn into states' }).click()
  await expect(page.getByRole('textbox', { name: 'Definition as YAML' })).toContainText('agents:')
})

test('files_of_crewai_become_a_draft_with_a_list_of_what_is_missing', async ({ page }) => {
  const name = `imported-${Date.now()}`
  await page.goto('/workflows')
  await page.getByRole('button', { name: 'Import a crew' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a crew of CrewAI' })
  await dialog.getByLabel('Name of the workflow').fill(name)
  await dialog
    .getByLabel('agents.yaml', { exact: true })
    .fill('finder:\n  role: Finder of {topic}\n  goal: Find it\n  backstory: Old\n  tools: [SerperDevTool]\n')
  await dialog
    .getByLabel('tasks.yaml', { exact: true })
    .fill('find_it:\n  description: Look up {topic}\n  expected_output: A list\n  agent: finder\n')
  await dialog.getByRole('button', { name: 'Read the files' }).click()
  await expect(dialog.getByRole('region', { name: 'Not carried over' })).toContainText('SerperDevTool')
  await dialog.getByRole('button', { name: 'Save as a draft' }).click()
  await expect(page).toHaveURL(new RegExp(`/workflows/${name}$`))
  await expect(page.getByRole('button', { name: /^find_it, agent/ })).toBeVisible()
})
