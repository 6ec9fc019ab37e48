import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, picture, test } from './test.ts'

const leave = 'Everybody has thirty days of leave in a year. Days that are left may be taken until March.'
const travel = 'A night in a hotel may cost 140 euros. Trains come before planes.'

/** A collection made on its page, which is then open. */
async function collection(page: Page, name: string) {
  await page.goto('/collections')
  await page.getByRole('button', { name: 'New collection' }).click()
  const form = page.getByRole('dialog', { name: 'New collection' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Description').fill('What holds for everybody')
  await form.getByRole('button', { name: 'Make collection' }).click()
  await page.getByRole('link', { name }).click()
  await expect(page.getByText('No documents yet.')).toBeVisible()
}

const file = (name: string, text: string, mimeType = 'text/plain') => ({ name, mimeType, buffer: Buffer.from(text) })
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) })

test('somebody_fills_a_collection_and_sees_where_a_search_finds_its_passages', async ({ page }) => {
  await collection(page, `handbook-${Date.now()}`)
  await page.getByLabel(/^Files/).setInputFiles([file('leave.txt', leave), file('travel.txt', travel)])
  await expect(row(page, 'leave')).toContainText('ready')
  await expect(row(page, 'travel')).toContainText('ready')
  await expect(page.getByText(/^2 passages/)).toBeVisible()

  await page.getByRole('textbox', { name: 'Try a search' }).fill('How much may I pay for a hotel?')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  const hits = page.getByRole('article')
  await expect(hits.first()).toContainText('140 euros')
  await expect(hits.first()).toContainText(/words 0\.\d\d, meaning 0\.\d\d/)
  await picture(page, 'collection-search')
  await hits.first().getByRole('button', { name: 'travel, page 1' }).click()
  const text = page.getByRole('dialog', { name: 'travel, page 1' })
  await expect(text.locator('mark')).toHaveText(travel)
  await picture(page, 'collection-page-of-a-document')
  await text.getByRole('button', { name: 'Close' }).click()

  await row(page, 'travel').getByRole('button', { name: 'Delete travel' }).click()
  await expect(row(page, 'travel')).toBeHidden()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByText('140 euros')).toBeHidden()
})

test('a_folder_is_sent_whole_and_what_cannot_be_read_says_what_to_do', async ({ page }, info) => {
  const folder = info.outputPath('rules')
  mkdirSync(`${folder}/abroad`, { recursive: true })
  writeFileSync(`${folder}/leave.txt`, leave)
  writeFileSync(`${folder}/abroad/travel.txt`, travel)
  writeFileSync(`${folder}/broken.pdf`, '%PDF-1.7\nand nothing that a PDF has')
  await collection(page, `rules-${Date.now()}`)

  await page.getByLabel('Folder', { exact: true }).setInputFiles(folder)

  await expect(row(page, 'leave')).toContainText('ready')
  await expect(row(page, 'travel')).toContainText('ready')
  const broken = row(page, 'broken')
  await expect(broken).toContainText('failed')
  await expect(broken).toContainText('Open it in the program it was made with, and save it again.')
  await picture(page, 'collection-failed-document')
})

test('a_long_document_tells_how_far_it_is_and_stops_when_it_is_cancelled', async ({ page }) => {
  const long = Array.from({ length: 6000 }, (_, n) => `Rule ${n} says that room ${n * 7} is cleaned on day ${n % 30}.`)
  await collection(page, `long-${Date.now()}`)
  await page.getByLabel(/^Files/).setInputFiles(file('rules.txt', long.join('\n')))

  const rules = row(page, 'rules')
  await expect(rules).toContainText(/embed \d+ of \d+/)
  await picture(page, 'collection-document-under-way')
  await rules.getByRole('button', { name: 'Cancel rules' }).click()
  await expect(rules).toContainText('cancelled')
  await expect(rules).toContainText('Somebody cancelled it.')

  await rules.getByRole('button', { name: 'Retry rules' }).click()
  await expect(rules).toContainText(/embed \d+ of \d+/)
  await rules.getByRole('button', { name: 'Delete rules' }).click()
  await expect(page.getByText('No documents yet.')).toBeVisible()
})

test('a_collection_is_filled_and_searched_on_a_phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await collection(page, `pocket-${Date.now()}`)
  await page.getByLabel(/^Files/).setInputFiles([file('leave.txt', leave), file('empty.txt', '')])
  await expect(row(page, 'leave')).toContainText('ready')
  await expect(row(page, 'empty')).toContainText('failed')
  await page.getByRole('textbox', { name: 'Try a search' }).fill('days of leave')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('article').first()).toContainText('thirty days')

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await picture(page, 'collection-on-a-phone')
  await row(page, 'empty').scrollIntoViewIfNeeded()
  await picture(page, 'collection-documents-on-a-phone')
})
