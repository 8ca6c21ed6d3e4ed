import { expect, test } from '@playwright/test'
import { bestTitle, expectDocuments, openBelfry, results, searchField } from './belfry.ts'

const TOWERS = `reference;place;bell;about
SECRET-17;Ely;tenor;${'The tenor calls the town to the market on the square. '.repeat(4)}
SECRET-18;York;treble;${'The treble is rung when a ship comes home in the fog. '.repeat(4)}
`

const CSV = { name: 'towers.csv', mimeType: 'text/csv', buffer: Buffer.from(TOWERS) }

test('a table is read by the columns that somebody chooses, also when its file has to be picked again', async ({
  page,
}, info) => {
  await openBelfry(page)
  await page.getByLabel('Add files').setInputFiles([CSV])
  await expectDocuments(page, 1)
  const dialog = page.getByRole('dialog', { name: 'Choose columns' })
  const open = page.getByRole('button', { name: 'Choose columns of towers', exact: true })
  await open.focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('row', { name: /reference/ })).toContainText('SECRET-17')
  await dialog.getByLabel('Read bell as').selectOption('Title')
  await dialog.getByLabel('Read place as').selectOption('Tags')
  await dialog.getByLabel('Read reference as').selectOption('Leave out')
  await page.screenshot({ path: info.outputPath('columns.png') })
  await dialog.getByRole('button', { name: 'Read it again' }).click()
  await expect(page.getByText('1 searchable')).toBeVisible()
  await expectDocuments(page, 1)
  expect(await bestTitle(page, 'ship in the fog')).toBe('towers')
  await expect(results(page).first()).toContainText('treble · York')
  await searchField(page).fill('"SECRET-18"')
  await expect(results(page)).toHaveCount(0)

  await page.reload()
  await expectDocuments(page, 1)
  await open.click()
  await expect(dialog.getByText(/^Belfry keeps what a table says/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('columns-absent.png') })
  await dialog.getByLabel('Pick the file').setInputFiles([CSV])
  await expect(dialog.getByLabel('Read place as')).toHaveValue('tags')
  await dialog.getByRole('button', { name: 'As Belfry guesses' }).click()
  await dialog.getByRole('button', { name: 'Read it again' }).click()
  await searchField(page).fill('"SECRET-18"')
  await expect(results(page)).toHaveCount(1)
  await expectDocuments(page, 1)
})
