import { expect, test } from '@playwright/test'
import {
  addNotes,
  bestTitle,
  expectDocuments,
  NOTES,
  openBelfry,
  results,
  waitForServiceWorker,
} from './belfry.ts'

test('the library is still there after a reload', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await page.reload()
  await expectDocuments(page, NOTES.length)
  expect(await bestTitle(page, 'where ships might sink')).toBe('The keeper of the lamp')
})

test('everything works with the network off', async ({ page, context }) => {
  await openBelfry(page)
  await addNotes(page)
  const before = await bestTitle(page, 'stale loaf')
  await waitForServiceWorker(page)
  await context.setOffline(true)
  await page.reload()
  await expectDocuments(page, NOTES.length)
  expect(await bestTitle(page, 'stale loaf')).toBe(before)
  await page
    .getByLabel('Add files')
    .setInputFiles([
      { name: 'new.md', mimeType: '', buffer: Buffer.from('# Written offline\n\nThe ferry was late again.') },
    ])
  await expectDocuments(page, NOTES.length + 1)
  expect(await bestTitle(page, 'ferry')).toBe('Written offline')
})

test('a removed document is gone, and comes back when the removal is undone', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await page.getByRole('button', { name: 'Remove Keeping bread' }).click()
  await expectDocuments(page, 2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectDocuments(page, 3)
  expect(await bestTitle(page, 'loaves')).toBe('Keeping bread')
  await page.getByRole('button', { name: 'Remove Keeping bread' }).click()
  await page.reload()
  await expectDocuments(page, 2)
})

test('clearing asks first, and then leaves nothing', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await page
    .getByRole('button', { name: /Clear everything/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /Keep|Cancel/ }).click()
  await expectDocuments(page, 3)
  await page
    .getByRole('button', { name: /Clear everything/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: /Clear/ }).click()
  await expect(page.getByRole('button', { name: 'Try it with sample documents' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Try it with sample documents' })).toBeVisible()
})

test('what is added in one tab is found in the other', async ({ page, context }) => {
  await openBelfry(page)
  const other = await context.newPage()
  await openBelfry(other)
  await addNotes(page)
  await expectDocuments(other, NOTES.length)
  expect(await bestTitle(other, 'tyres')).toBe('Bicycle care')
  await page.getByRole('button', { name: 'Remove Bicycle care' }).click()
  await expectDocuments(other, 2)
  await expect(results(other).filter({ hasText: 'Bicycle care' })).toHaveCount(0)
})

test('the same folder added in two tabs at once is stored once', async ({ page, context }) => {
  const files = Array.from({ length: 40 }, (_, i) => ({
    name: `part-${i}.md`,
    mimeType: '',
    buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(60)}`),
  }))
  await openBelfry(page)
  const other = await context.newPage()
  await openBelfry(other)
  await Promise.all([page, other].map(tab => tab.getByLabel('Add files').setInputFiles(files)))
  for (const tab of [page, other]) await expectDocuments(tab, files.length)
  await page.reload()
  await expectDocuments(page, files.length)
  expect(await bestTitle(page, 'part 7')).toBe('Part 7')
})
