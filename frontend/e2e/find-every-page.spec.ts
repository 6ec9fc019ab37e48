import { expect, test } from './test.ts'

/** Entries of the navigation whose words are missing, cut off, or lie on those of another entry. */
function unreadableEntries(): string[] {
  const wrong: string[] = []
  const area = document.querySelector('[role=dialog]') ?? document
  const entries = [...area.querySelectorAll('nav .place')].filter((one) => one.checkVisibility())
  const words = entries.map((entry) => {
    const range = document.createRange()
    range.selectNodeContents(entry.querySelector('span') ?? entry)
    return { name: entry.textContent ?? '', box: range.getBoundingClientRect(), room: entry.getBoundingClientRect() }
  })
  for (const [index, { name, box, room }] of words.entries()) {
    if (box.width < 8 || box.height < 8) wrong.push(`"${name}" has no words`)
    if (box.left < room.left - 1 || box.right > room.right + 1) wrong.push(`"${name}" is wider than its entry`)
    if (box.right > window.innerWidth) wrong.push(`"${name}" leaves the window`)
    for (const other of words.slice(index + 1)) {
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
      const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
      if (wide > -2 && high > 1) wrong.push(`"${name}" lies on "${other.name}"`)
    }
  }
  const counts = [...area.querySelectorAll('nav .open-count')].map((count) => count.getBoundingClientRect())
  const covered = counts.some(({ left, top, width, height }) => {
    const seen = document.elementFromPoint(left + width - 2, top + height / 2)
    return top < window.innerHeight && !seen?.closest('.open-count')
  })
  if (covered) wrong.push('the count of approvals is covered')
  return [...(words.length === 0 ? ['there are no entries'] : []), ...wrong]
}

const windows = {
  phone_320: { width: 320, height: 640 },
  phone_390: { width: 390, height: 844 },
  bar_640: { width: 640, height: 900 },
  tablet_1024: { width: 1024, height: 768 },
  desktop_1440: { width: 1440, height: 900 },
  zoom_200: { width: 720, height: 450 },
  zoom_400: { width: 360, height: 225 },
}

test('every_entry_of_the_navigation_can_be_read_in_every_window', async ({ page, request }) => {
  await request.put('/api/v1/agents/asks-for-the-count', {
    data: 'name: asks-for-the-count\ninstructions: Keep notes.\nmodel: default\ntools: [notes_write]\napprovals: [{when: "true"}]\n',
    headers: { 'Content-Type': 'application/yaml' },
  })
  await request.post('/api/v1/agents/asks-for-the-count/runs', { data: { input: 'note rope: 40 m' } })
  for (const [size, viewport] of Object.entries(windows)) {
    await page.setViewportSize(viewport)
    await page.goto('/budgets')
    await expect(page.getByRole('navigation', { name: 'Main' }).getByText('open')).toBeAttached()
    await page.evaluate(() => document.fonts.ready)
    expect.soft(await page.evaluate(unreadableEntries), size).toEqual([])
    if (viewport.width > 640) continue
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'More' })
    await expect(sheet.getByText('Healthy')).toBeVisible()
    await expect(sheet.getByRole('link', { name: /default/ })).toBeVisible()
    expect.soft(await page.evaluate(unreadableEntries), `${size}, the sheet`).toEqual([])
    await sheet.getByRole('link', { name: 'Models' }).click()
    await expect(page).toHaveURL(/\/models$/)
    await expect(sheet).toBeHidden()
  }
})
