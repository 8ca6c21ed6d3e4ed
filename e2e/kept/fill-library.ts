import { expect, type Page } from '@playwright/test'
import { addNotes, expectDocuments, openBelfry, openLearning } from '../belfry.ts'
import { lookAt, noteManyOpenings, OFFICE_NOTES } from '../openings.ts'
import { readDatabase } from './databases.ts'
import { KEPT_NOTES, UNTAKEN } from './kept-notes.ts'

/** Queries whose best results are opened once the library is full. */
export const OPENINGS = ['soft tyre', 'deposit landlord']

/** Openings of the office's notes, which are removed afterwards. */
export const LEARNED_FROM = 90

/** Milliseconds for what the page does meanwhile. */
const PATIENCE = 120_000

/**
 * Leaves the kept notes, a learned version in use, and a few openings after which no more are noted. Documents and openings
 * before them are gone again.
 */
export async function fillLibrary(page: Page): Promise<void> {
  await openBelfry(page)
  await addNotes(page, OFFICE_NOTES)
  await learn(page)
  for (const { name } of OFFICE_NOTES) {
    await page.getByRole('button', { name: `Remove ${name.replace('.md', '')}` }).click()
  }
  await expect(page.getByRole('button', { name: 'Try it with sample documents' })).toBeVisible()
  await addNotes(page, KEPT_NOTES)
  for (const query of OPENINGS) await lookAt(page, query)
  await stopNoting(page)
}

async function learn(page: Page): Promise<void> {
  // The log comes into being when it is first looked at.
  await openLearning(page)
  await page.keyboard.press('Escape')
  await noteManyOpenings(page)
  const dialog = await openLearning(page)
  await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Version 1 is better, and in use from now on.', {
    timeout: PATIENCE,
  })
  await dialog.getByRole('button', { name: 'Forget them' }).click()
  await expect(dialog.getByText('0 openings noted')).toBeVisible()
  await page.keyboard.press('Escape')
}

/** What somebody has chosen against the default. */
async function stopNoting(page: Page): Promise<void> {
  const dialog = await openLearning(page)
  await expect(dialog.getByText(`${OPENINGS.length} openings noted`)).toBeVisible()
  const box = dialog.getByRole('checkbox', { name: 'Note which results I open' })
  await box.click()
  await expect(box).not.toBeChecked()
  await page.keyboard.press('Escape')
}

/** Closes the tab before it has taken in any of the files that it was given. */
export async function closeWhileAdding(page: Page): Promise<void> {
  await expectDocuments(page, KEPT_NOTES.length)
  const files = UNTAKEN.map(({ name, text }) => ({ name, mimeType: '', buffer: Buffer.from(text) }))
  await page.getByLabel('Add files').setInputFiles(files)
  const waiting = async () => {
    const { stores } = await readDatabase(page, 'belfry-waiting')
    return stores.find(({ name }) => name === 'files')?.rows.length
  }
  await expect.poll(waiting, { timeout: PATIENCE, intervals: [20] }).toBe(UNTAKEN.length)
  await page.close()
}
