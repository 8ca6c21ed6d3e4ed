import { expect, test } from '@playwright/test'
import { addNotes, addSamples, bestTitle, openBelfry, results, searchField } from './belfry.ts'

/** No word of the query stands in the sample that answers it. */
const FOREIGN_QUERY = { query: 'apartment lease agreement', title: 'Notes on our rental contract' }

test('a search finds a passage that shares no word with the query', async ({ page }) => {
  await openBelfry(page)
  await addSamples(page)
  expect(await bestTitle(page, FOREIGN_QUERY.query)).toBe(FOREIGN_QUERY.title)
  await expect(results(page).first().locator('mark')).toHaveCount(0)
})

test('an example query is one click away', async ({ page }) => {
  await openBelfry(page)
  await addSamples(page)
  const example = page.getByRole('region', { name: 'Try one of these' }).getByRole('button').first()
  const query = (await example.textContent()) ?? ''
  await example.click()
  await expect(searchField(page)).toHaveValue(query)
  await expect(results(page).first()).toBeVisible()
})

test('a result names its document, where the passage stands, and marks the words', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await bestTitle(page, 'freezer slices')
  const first = results(page).first()
  await expect(first.getByRole('heading')).toHaveText('Keeping bread')
  await expect(first).toContainText('bread.md')
  await expect(first).toContainText('Freezing')
  await expect(first.locator('mark').first()).toHaveText(/freezer|slice/i)
})

test('phrases and filters narrow a search, and one that matches nothing says so', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await expect(page.getByText('Narrow a search with')).toBeVisible()
  await bestTitle(page, 'freezer type:md')
  await searchField(page).fill('freezer "before it goes into the freezer"')
  await expect(results(page)).toHaveCount(1)
  await searchField(page).fill('freezer type:pdf')
  await expect(page.getByText('Nothing found: no document matches type:pdf.').first()).toBeVisible()
})

test('the newest query wins while typing fast', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await searchField(page).pressSequentially('tower lamp ships', { delay: 5 })
  await expect(results(page).first().getByRole('heading')).toHaveText('The keeper of the lamp')
  await searchField(page).fill('')
  await expect(results(page)).toHaveCount(0)
})

test('a result opens its document at the passage, and Escape goes back', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await bestTitle(page, 'freezer slices')
  await results(page).first().getByRole('heading').getByRole('button').click()
  const preview = page.getByRole('region', { name: 'Preview of Keeping bread' })
  await expect(preview).toContainText('Slice the loaf before it goes into the freezer')
  await page.keyboard.press('Escape')
  await expect(preview).toBeHidden()
})

test('everything can be reached from the keyboard', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await page.keyboard.press('/')
  await expect(searchField(page)).toBeFocused()
  await page.keyboard.type('tyres')
  await expect(results(page).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Preview of Bicycle care' })).toBeVisible()
})
