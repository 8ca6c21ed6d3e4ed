import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { addNotes, bestTitle, openBelfry, openLearning, searchField } from './belfry.ts'
import { lookAt, noteManyOpenings, OFFICE_NOTES } from './openings.ts'

test('what was opened is noted, exported, forgotten, and noted no more', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  for (const query of ['stale loaf', 'tyres', 'ships']) await lookAt(page, query)
  const dialog = await openLearning(page)
  await expect(dialog.getByText('3 openings noted')).toBeVisible()
  await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
  await expect(dialog.getByRole('status')).toContainText('Not enough openings yet: 3 of at least 30.')

  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const entries: unknown = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'))
  expect(entries).toMatchObject([{ query: 'stale loaf' }, { query: 'tyres' }, { query: 'ships' }])

  await dialog.getByRole('button', { name: 'Forget them' }).click()
  await expect(dialog.getByText('0 openings noted')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Note which results I open' }).click()
  await page.reload()
  await lookAt(page, 'tyres')
  const again = await openLearning(page)
  await expect(again.getByText('0 openings noted')).toBeVisible()
  await expect(again.getByRole('checkbox', { name: 'Note which results I open' })).not.toBeChecked()
})

test('a preference is learned, kept over a reload, and taken back with one click', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page, OFFICE_NOTES)
  // The log comes into being when it is first looked at.
  await openLearning(page)
  await page.keyboard.press('Escape')
  await noteManyOpenings(page)
  const dialog = await openLearning(page)
  await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Version 1 is better, and in use from now on.', {
    timeout: 50_000,
  })
  const first = dialog.getByRole('listitem').first()
  await expect(first).toContainText('Learned from 90 openings.')
  await expect(first).toContainText('in use')

  await page.reload()
  expect(await bestTitle(page, 'magpie tomorrow')).toBe('Printers')
  expect(await bestTitle(page, 'plover tomorrow')).toBe('Visitors')
  const again = await openLearning(page)
  await expect(again.getByRole('listitem').first()).toContainText('in use')
  await again.getByRole('button', { name: 'Use this one: As shipped' }).click()
  await expect(again.getByRole('listitem').last()).toContainText('in use')
  await page.reload()
  await searchField(page).fill('tomorrow')
  await expect((await openLearning(page)).getByRole('listitem').last()).toContainText('in use')
})
