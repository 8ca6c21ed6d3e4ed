import { readFileSync } from 'node:fs'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import {
  addNotes,
  bestTitle,
  expectDocuments,
  NOTES,
  openBelfry,
  results,
  searchField,
  waitForServiceWorker,
} from './belfry.ts'

interface LibraryFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

async function openFromMenu(page: Page, name: 'Export' | 'Import'): Promise<Locator> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: `${name}…` }).click()
  const dialog = page.getByRole('dialog', { name: `${name} ${name === 'Export' ? 'the' : 'a'} library` })
  await expect(dialog).toBeVisible()
  return dialog
}

/** Most browsers know downloads only; with a place to choose, the browser would open a window of its own. */
async function withoutPlaces(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
}

async function exportLibrary(page: Page, passphrase?: string): Promise<LibraryFile> {
  const dialog = await openFromMenu(page, 'Export')
  if (passphrase !== undefined) {
    await dialog.getByLabel('Passphrase, if it is to be locked').fill(passphrase)
    await dialog.getByLabel('The same once more').fill(passphrase)
  }
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^belfry-\d{4}-\d\d-\d\d\.belfry$/)
  await expect(dialog.getByRole('status')).toHaveText(/^Exported 3 documents with \d+ passages\.$/)
  await page.keyboard.press('Escape')
  const buffer = readFileSync(await download.path())
  return { name: download.suggestedFilename(), mimeType: '', buffer }
}

async function anotherDevice(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL })
  const page = await context.newPage()
  await openBelfry(page)
  return page
}

/** Drops a file on the page, as a hand does. */
async function drop(page: Page, { name, buffer }: LibraryFile): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, bytes }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name))
      return transfer
    },
    { name, bytes: buffer.toString('base64') },
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

test('a library is carried to another browser in one file', async ({ page, browser, baseURL }) => {
  await withoutPlaces(page)
  await openBelfry(page)
  await addNotes(page)
  const file = await exportLibrary(page)

  const other = await anotherDevice(browser, baseURL)
  await other.getByRole('button', { name: 'Import a library' }).click()
  const dialog = other.getByRole('dialog', { name: 'Import a library' })
  await dialog.getByLabel('Choose a library file').setInputFiles(file)
  await expect(dialog.getByText(/^3 documents with \d+ passages, exported on/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Added 3 documents.')
  await other.keyboard.press('Escape')
  await expectDocuments(other, NOTES.length)
  expect(await bestTitle(other, 'where ships might sink')).toBe('The keeper of the lamp')
  await other.reload()
  await expectDocuments(other, NOTES.length)

  await drop(other, file)
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Added 0 documents. 3 were here already.')
  await other.context().close()
})

test('a locked library opens with its passphrase and with no other', async ({ page, browser, baseURL }) => {
  await withoutPlaces(page)
  await openBelfry(page)
  await addNotes(page)
  const file = await exportLibrary(page, 'correct horse battery')
  expect(file.buffer.includes('paper bag')).toBe(false)

  const other = await anotherDevice(browser, baseURL)
  await drop(other, file)
  const dialog = other.getByRole('dialog', { name: 'Import a library' })
  await dialog.getByLabel('Passphrase').fill('wrong horse battery')
  await other.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('This is not the passphrase')
  await dialog.getByLabel('Passphrase').fill('correct horse battery')
  await other.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('Added 3 documents.')
  await other.keyboard.press('Escape')
  expect(await bestTitle(other, 'paper bag')).toBe('Keeping bread')
  await other.context().close()
})

test('a library is exported, cleared and imported again with the network off', async ({ page, context }) => {
  await withoutPlaces(page)
  await openBelfry(page)
  await addNotes(page)
  await waitForServiceWorker(page)
  await context.setOffline(true)
  const file = await exportLibrary(page, 'offline')
  await page.getByRole('button', { name: /Clear everything/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /Clear/ }).click()
  await expect(page.getByRole('button', { name: 'Import a library' })).toBeVisible()
  await drop(page, file)
  const dialog = page.getByRole('dialog', { name: 'Import a library' })
  await dialog.getByLabel('Passphrase').fill('offline')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('Added 3 documents.')
  await page.keyboard.press('Escape')
  expect(await bestTitle(page, 'stale loaf')).toBe('Keeping bread')
})

test('two passphrases that differ export nothing', async ({ page }) => {
  await withoutPlaces(page)
  await openBelfry(page)
  await addNotes(page)
  const dialog = await openFromMenu(page, 'Export')
  await dialog.getByLabel('Passphrase, if it is to be locked').fill('one')
  await dialog.getByLabel('The same once more').fill('other')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toHaveText('The two passphrases are not the same.')
  await expect(dialog.getByRole('status')).toHaveCount(0)
})

test('a damaged file is refused with a sentence, and changes nothing', async ({ page, browser, baseURL }) => {
  await withoutPlaces(page)
  await openBelfry(page)
  await addNotes(page)
  const file = await exportLibrary(page)
  const buffer = Buffer.from(file.buffer)
  const place = buffer.indexOf('paper bag')
  buffer.writeUInt8(buffer.readUInt8(place) ^ 1, place)

  const other = await anotherDevice(browser, baseURL)
  await drop(other, { ...file, buffer })
  const dialog = other.getByRole('dialog', { name: 'Import a library' })
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(
    'This library file cannot be used: a part of it is damaged.',
  )
  await other.reload()
  await expect(other.getByRole('button', { name: 'Import a library' })).toBeVisible()
  await drop(other, { ...file, buffer: Buffer.from('# No library at all') })
  await expect(dialog.getByRole('alert')).toContainText('it is not a library that Belfry has exported')
  await other.context().close()
})

test('an export goes to the place that was chosen, and nothing is written when none was', async ({
  page,
}) => {
  await page.addInitScript(() => {
    let asked = 0
    const pick = async () => {
      if (asked++ === 0) throw new DOMException('The user aborted a request.', 'AbortError')
      const folder = await navigator.storage.getDirectory()
      return folder.getFileHandle('chosen.belfry', { create: true })
    }
    Object.assign(globalThis, { showSaveFilePicker: pick })
  })
  await openBelfry(page)
  await addNotes(page)
  const dialog = await openFromMenu(page, 'Export')
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByRole('button', { name: 'Export' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByRole('status')).toContainText('Exported 3 documents')
  const start = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    const file = await (await folder.getFileHandle('chosen.belfry')).getFile()
    return { size: file.size, magic: await file.slice(1, 5).text() }
  })
  expect(start.magic).toBe('BELF')
  expect(start.size).toBeGreaterThan(3000)
})

test('taking a library in can be stopped, goes on later, and lets one search meanwhile', async ({
  page,
  browser,
  baseURL,
}) => {
  await withoutPlaces(page)
  await openBelfry(page)
  const many = Array.from({ length: 300 }, (_, i) => ({
    name: `part-${i}.md`,
    text: `# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(20)}`,
  }))
  await addNotes(page, many)
  const exporting = await openFromMenu(page, 'Export')
  const downloading = page.waitForEvent('download')
  await exporting.getByRole('button', { name: 'Export' }).click()
  const buffer = readFileSync(await (await downloading).path())

  const other = await anotherDevice(browser, baseURL)
  await expect(other.getByText(/WASM, \d/)).toBeVisible({ timeout: 30_000 })
  await drop(other, { name: 'many.belfry', mimeType: '', buffer })
  const dialog = other.getByRole('dialog', { name: 'Import a library' })
  await dialog.getByRole('button', { name: 'Import' }).click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('alert')).toContainText('The import was cancelled.')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('progressbar')).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await searchField(other).fill('story about the sea')
  await expect(results(other).first()).toBeVisible()
  const notices = other.getByRole('region', { name: 'Notices' })
  await expect(notices.getByText(/^Added \d+ documents\./)).toBeVisible({ timeout: 30_000 })
  await notices.getByRole('button', { name: 'Dismiss' }).click()
  await expectDocuments(other, many.length)
  await other.context().close()
})
