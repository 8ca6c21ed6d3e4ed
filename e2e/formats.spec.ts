import { expect, type Page, test } from '@playwright/test'
import { openBelfry, results, searchField, statusLine } from './belfry.ts'

const FIXTURES = 'src/adapters/formats/fixtures'

async function add(page: Page, ...names: readonly string[]): Promise<void> {
  await page.getByLabel('Add files').setInputFiles(names.map(name => `${FIXTURES}/${name}`))
}

const summary = (page: Page) => page.getByText(/^\d+ searchable, /)

test('documents of every kind are found by what they say, with the place where they say it', async ({
  page,
}) => {
  const errors: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await openBelfry(page)
  const office = ['outline.pdf', 'handbook.docx', 'talk.pptx', 'stock.xlsx', 'report.odt', 'office.rtf']
  await add(page, ...office, 'letter.eml', 'box.mbox', 'papers.zip', 'handbook.epub', 'page.mhtml')
  await expect(statusLine(page).getByText(/^1\d documents( ·|$)/)).toBeVisible({ timeout: 50_000 })
  for (const [query, ...words] of [
    ['swinging bell is louder', 'talk.pptx', 'slide 1', 'A swinging bell is louder.'],
    ['key behind the door', 'stock.xlsx', 'sheet 2', 'The key hangs behind the door.'],
    // Others say nearly the same, and one of them stands for all unless a type is asked for.
    ['letters of a whole winter type:pdf', 'outline.pdf', 'page 1'],
    ['great bell cast in Köln', 'report.odt', 'It was cast in Köln'],
    ['worn rope type:docx', 'handbook.docx', 'A rope that is worn is changed'],
    ['oil arrives on Thursday', 'letter.eml', 'the oil arrives on Thursday'],
    ['灯台の光', 'Lampenöl_ Liste.pdf', '灯台の光'],
    ['Storm warning', 'box.mbox', 'Storm warning'],
  ] as const) {
    await searchField(page).fill(query)
    for (const word of words) await expect(results(page).filter({ hasText: word }).first()).toBeVisible()
  }
  expect(errors).toEqual([])
})

test('what cannot be read says why, and what to do', async ({ page }) => {
  await openBelfry(page)
  await add(page, 'locked.pdf', 'scanned.pdf', 'stock.xls', 'locked.zip')
  await expect(summary(page)).toHaveText('0 searchable, 4 could not be read', { timeout: 50_000 })
  await page.getByRole('button', { name: 'Details' }).click()
  for (const reason of [/`locked.pdf`.+password/, /`scanned.pdf`.+pictures/, /`stock.xls`.+\.xlsx/, /locked/])
    await expect(page.getByText(reason).first()).toBeVisible()
  await page.screenshot({ path: 'test-results/formats-refused.png' })
})
