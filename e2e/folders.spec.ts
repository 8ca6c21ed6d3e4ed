import { expect, type Page, test } from '@playwright/test'
import { bestTitle, expectDocuments, openBelfry, searchField } from './belfry.ts'

/** No test can press the browser's own buttons, so a folder of the page's private files is what somebody chose. */
async function chooseByItself(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => {
        const root = await navigator.storage.getDirectory()
        return root.getDirectoryHandle('notes', { create: true })
      },
    })
  })
}

/** Writes files of the folder, and deletes those without a text. */
async function change(page: Page, files: Readonly<Record<string, string | undefined>>): Promise<void> {
  await page.evaluate(
    async entries => {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle('notes', { create: true })
      for (const [path, text] of entries) {
        const [name = '', ...above] = path.split('/').toReversed()
        let at = folder
        for (const part of above.toReversed()) at = await at.getDirectoryHandle(part, { create: true })
        if (text === null) await at.removeEntry(name)
        else {
          const writing = await (await at.getFileHandle(name, { create: true })).createWritable()
          await writing.write(text)
          await writing.close()
        }
      }
    },
    Object.entries(files).map(([path, text]) => [path, text ?? null] as const),
  )
}

async function openFolders(page: Page) {
  await page.getByRole('button', { name: /^1 folder/ }).click()
  return page.getByRole('dialog', { name: 'Folders' })
}

test('a folder is read, followed as it changes, and looked at again by itself after a reload', async ({
  page,
}) => {
  await chooseByItself(page)
  await openBelfry(page)
  await change(page, {
    'bread.md': '# Keeping bread\n\nKeep loaves in a paper bag.',
    'deep/tea.md': '# Green tea\n\nGreen tea wants water below the boil.',
    'deep/bees.md': '# Bees\n\nThey dance to tell the others where flowers are.',
  })
  await page.getByRole('button', { name: 'Add a folder' }).click()
  await expectDocuments(page, 3)
  expect(await bestTitle(page, 'loaves')).toBe('Keeping bread')

  await change(page, {
    'bread.md': '# Toasting\n\nToast what is stale.',
    'deep/tea.md': undefined,
    'soup.md': '# Soup\n\nStir it now and then.',
  })
  const dialog = await openFolders(page)
  await expect(dialog.getByText(/^3 documents · looked at/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(dialog.getByText('1 file is no longer there')).toBeVisible()
  await dialog.getByText('1 file is no longer there').click()
  await expect(dialog.getByText('notes/deep/tea.md')).toBeVisible()
  await page.screenshot({ path: 'test-results/folders.png' })
  await dialog.getByRole('button', { name: 'Forget 1 deleted document' }).click()
  await dialog.getByRole('button', { name: 'Forget 1 deleted document for good' }).click()
  await expect(dialog.getByText(/^3 documents · looked at/)).toBeVisible()
  await expect(dialog.getByText('no longer there')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expectDocuments(page, 3)
  expect(await bestTitle(page, 'toast')).toBe('Toasting')
  for (const gone of ['loaves in a paper bag', 'green tea below the boil']) {
    await searchField(page).fill(gone)
    await expect(page.getByText(/Keeping bread|Green tea/)).toHaveCount(0)
  }

  await change(page, { 'knots.md': '# Knots\n\nA bowline does not slip.' })
  await page.reload()
  await expectDocuments(page, 4)
  expect(await bestTitle(page, 'bowline')).toBe('Knots')

  const again = await openFolders(page)
  await again.getByRole('button', { name: 'Forget the folder notes' }).click()
  await again.getByRole('button', { name: 'Forget it and 4 documents' }).click()
  await again.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('Drop documents here')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Drop documents here')).toBeVisible()
})
