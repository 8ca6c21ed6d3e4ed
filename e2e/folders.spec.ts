import { mkdirSync, writeFileSync } from 'node:fs'
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

/** A drop of a real folder, as the browser gives it to a page. */
async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
  }
}

test('a folder that was dropped is looked at again when somebody says so, and nothing of it is read twice', async ({
  page,
}, info) => {
  const folder = info.outputPath('letters')
  mkdirSync(folder)
  writeFileSync(`${folder}/bread.md`, '# Keeping bread\n\nKeep loaves in a paper bag.')
  writeFileSync(`${folder}/bees.md`, '# Bees\n\nThey dance to tell the others where flowers are.')
  await openBelfry(page)
  await dropFolder(page, folder)
  await expectDocuments(page, 2)
  const keep = page.getByRole('button', { name: 'Keep looking at “letters”' })
  await page.screenshot({ path: info.outputPath('kept.png') })
  await keep.click()
  await expect(keep).toHaveCount(0)
  const dialog = await openFolders(page)
  await expect(dialog.getByText(/^2 documents · looked at/)).toBeVisible()
  await expect(page.getByText(/skipped/)).toHaveCount(0)
  writeFileSync(`${folder}/bread.md`, '# Toasting\n\nToast what is stale.')
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText('1 searchable')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expectDocuments(page, 2)
  expect(await bestTitle(page, 'toast')).toBe('Toasting')
})
