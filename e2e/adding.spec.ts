import { expect, test } from '@playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { addNotes, bestTitle, expectDocuments, NOTES, openBelfry, results } from './belfry.ts'
import { journal } from './journal.ts'

/** The status line: how many documents, all of them searchable. */
const COUNT = /^\d+ documents?( ·|$)/

test('adding files makes them searchable', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  expect(await bestTitle(page, 'paper bag for loaves')).toBe('Keeping bread')
  expect(await bestTitle(page, 'tyres')).toBe('Bicycle care')
})

test('files can be dropped anywhere on the page', async ({ page }) => {
  await openBelfry(page)
  const transfer = await page.evaluateHandle(notes => {
    const transfer = new DataTransfer()
    for (const { name, text } of notes) transfer.items.add(new File([text], name))
    return transfer
  }, NOTES)
  await page.getByRole('main').dispatchEvent('dragenter', { dataTransfer: transfer })
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: transfer })
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer })
  await expectDocuments(page, NOTES.length)
})

test('picking a folder adds what is below it, with its paths', async ({ page }, info) => {
  const folder = info.outputPath('papers')
  mkdirSync(`${folder}/cooking/old`, { recursive: true })
  writeFileSync(`${folder}/cooking/bread.md`, NOTES[0]?.text ?? '')
  writeFileSync(`${folder}/cooking/old/lamp.txt`, NOTES[1]?.text ?? '')
  // As in browsers that give no lasting access to folders.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showDirectoryPicker'))
  await openBelfry(page)
  await page.getByLabel('Add a folder').setInputFiles(folder)
  await expectDocuments(page, 2)
  await bestTitle(page, 'paper bag')
  await expect(results(page).first()).toContainText('papers/cooking/bread.md')
})

test('a file that cannot be read is named with its reason, and the others go on', async ({ page }) => {
  await openBelfry(page)
  await page.getByLabel('Add files').setInputFiles([
    { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n\u0000\u0001') },
    { name: 'note.md', mimeType: 'text/markdown', buffer: Buffer.from('# A note\n\nWith words.') },
  ])
  await expectDocuments(page, 1)
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('row', { name: /scan\.pdf/ })).toContainText(/PDF/)
})

test('the same file again is skipped and said so', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page, NOTES.slice(0, 1))
  await page
    .getByLabel('Add files')
    .setInputFiles([{ name: 'copy.md', mimeType: '', buffer: Buffer.from(NOTES[0]?.text ?? '') }])
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('row', { name: /copy\.md/ })).toContainText(
    'Already in the library as “bread.md”.',
  )
})

test('adding can be cancelled, and what is stored stays', async ({ page }) => {
  await openBelfry(page)
  const many = Array.from({ length: 400 }, (_, i) => ({
    name: `part-${i}.md`,
    mimeType: '',
    buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(600)}`),
  }))
  await page.getByLabel('Add files').setInputFiles(many)
  const bar = page.getByRole('progressbar', { name: 'Adding documents' })
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(2)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toBeHidden()
  const counted = async () => Number((await page.getByText(COUNT).textContent())?.match(/^\d+/)?.[0])
  const stored = await counted()
  // What is left is forgotten a moment later; before that, a reload would take one or two of them in.
  await expect.poll(() => journal(page)).toEqual({ noted: 0, kept: 0 })
  const afterReload = async () => {
    await page.reload()
    await expect(page.getByText(COUNT)).toHaveText(/WASM/)
    return counted()
  }
  // What was in hand is stored as a whole; nothing else comes after it.
  const kept = await afterReload()
  expect(kept).toBeGreaterThanOrEqual(stored)
  expect(kept).toBeLessThan(400)
  expect(await afterReload()).toBe(kept)
})
