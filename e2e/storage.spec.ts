import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, openBelfry } from './belfry.ts'

/** Counts how often the page asks, and answers as the browser would. */
async function answerWith(page: Page, kept: boolean): Promise<void> {
  await page.addInitScript(kept => {
    let asked = 0
    let granted = false
    StorageManager.prototype.persisted = async () => granted
    StorageManager.prototype.persist = async () => {
      asked++
      granted = kept
      return kept
    }
    Object.assign(globalThis, { timesAsked: () => asked })
  }, kept)
}

const timesAsked = (page: Page) => page.evaluate('timesAsked()')

async function openStorage(page: Page) {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Storage' }).click()
  const dialog = page.getByRole('dialog', { name: 'Storage' })
  await expect(dialog.getByText(/^Belfry uses/)).toBeVisible()
  return dialog
}

test('the browser is asked to keep what is stored when there is something to keep', async ({ page }) => {
  await answerWith(page, true)
  await openBelfry(page)
  await expect(page.getByText(/WASM, \d/)).toBeVisible({ timeout: 30_000 })
  expect(await timesAsked(page)).toBe(0)
  await addNotes(page)
  await expect.poll(() => timesAsked(page)).toBe(1)
  await expect(page.getByText('kept when the disk is full')).toBeVisible()
  const dialog = await openStorage(page)
  await expect(dialog.getByText('The browser keeps it until you clear it')).toBeVisible()
})

test('what the browser does not promise is said, and can be asked for again', async ({ page }) => {
  await answerWith(page, false)
  await openBelfry(page)
  await addNotes(page)
  await expect(page.getByText('not protected when the disk is full')).toBeVisible()
  const dialog = await openStorage(page)
  await dialog.getByRole('button', { name: 'Ask the browser to keep it' }).click()
  await expect(dialog.getByText('The browser did not agree.')).toBeVisible()
  expect(await timesAsked(page)).toBe(2)
})

test('what takes the space is listed, largest first, and can be removed and had back', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await page.getByLabel('Add files').setInputFiles([
    {
      name: 'long.md',
      mimeType: '',
      buffer: Buffer.from(`# Long\n\n${'A sentence about tides. '.repeat(4000)}`),
    },
  ])
  await expectDocuments(page, 4)
  const dialog = await openStorage(page)
  const beside = dialog.getByRole('list', { name: 'Beside the documents' })
  await expect(beside.getByRole('listitem').filter({ hasText: 'The model' })).toContainText(/\d MB$/)
  const documents = dialog.getByRole('list', { name: 'Documents, largest first' }).getByRole('listitem')
  await expect(documents.first()).toContainText(/^Long/)
  await dialog.getByRole('button', { name: 'Remove Long' }).click()
  await expect(documents).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(documents).toHaveCount(4)
  await page.keyboard.press('Escape')
  expect(await bestTitle(page, 'tides')).toBe('Long')
})
