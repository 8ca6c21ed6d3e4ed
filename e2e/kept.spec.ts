import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, openBelfry, openLearning, results } from './belfry.ts'
import { type KeptDatabase, openOutside, readDatabase, writeDatabase } from './kept/databases.ts'
import {
  type ExpectedDocument,
  KEPT_DATABASES,
  type KeptLibrary,
  keptName,
  keptNames,
  readKept,
} from './kept/kept-library.ts'
import { servedModel } from './kept/served-model.ts'

const NEW_NOTE = { name: 'ferry.md', text: '# Ferry\n\nThe ferry was late, and nobody minded.' }

/** Milliseconds for the model to come, and for vectors that have to be made anew. */
const PATIENCE = 50_000

async function restore(page: Page, { databases }: Pick<KeptLibrary, 'databases'>): Promise<void> {
  await openOutside(page)
  for (const database of databases) await writeDatabase(page, database)
}

async function readDatabases(page: Page): Promise<KeptDatabase[]> {
  const databases: KeptDatabase[] = []
  for (const name of KEPT_DATABASES) databases.push(await readDatabase(page, name))
  return databases
}

async function expectDocument(page: Page, { title, words, meaning, sentence }: ExpectedDocument) {
  await expect(page.getByRole('button', { name: `Remove ${title}` })).toBeVisible()
  for (const query of [words, meaning]) {
    await expect.poll(() => bestTitle(page, query, PATIENCE), { timeout: PATIENCE }).toBe(title)
  }
  // A paraphrase shares no word that could be marked.
  await expect(results(page).first().locator('mark')).toHaveCount(0)
  await results(page).first().getByRole('heading').getByRole('button').click()
  await expect(page.getByRole('region', { name: `Preview of ${title}` })).toContainText(sentence)
  await page.keyboard.press('Escape')
}

/** A version that was learned for another model is not offered. */
async function expectLearned(page: Page, kept: KeptLibrary): Promise<void> {
  const dialog = await openLearning(page)
  await expect(dialog.getByText(`${kept.expected.openings} openings noted`)).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'Note which results I open' })).not.toBeChecked()
  if (kept.model === (await servedModel(page))) {
    const newest = dialog.getByRole('listitem').first()
    await expect(newest).toContainText(`Learned from ${kept.expected.learnedFrom} openings.`)
    await expect(newest).toContainText('in use')
  }
  await page.keyboard.press('Escape')
}

test.setTimeout(480_000)

for (const name of keptNames()) {
  const kept = readKept(name)
  const { documents, untaken } = kept.expected

  test(`${name} opens, and everything in it is there and can be found`, async ({ page }) => {
    await restore(page, kept)
    await openBelfry(page)
    await expectDocuments(page, documents.length)
    for (const document of documents) await expectDocument(page, document)
    await expectLearned(page, kept)
    const word = page.getByText('were not taken in')
    for (const path of untaken) await expect(word).toContainText(path)
    // Looking changes nothing, unless the form of it or the vectors have to be new.
    if (
      keptName(kept.databases) === keptName(await readDatabases(page)) &&
      kept.model === (await servedModel(page))
    )
      expect(await readDatabases(page)).toEqual(kept.databases)
  })

  test(`${name} can be added to and removed from, and keeps that`, async ({ page }) => {
    await restore(page, kept)
    await openBelfry(page)
    const [first] = documents
    if (first === undefined) throw new Error(`expected documents in ${name}, got none`)
    await expectDocuments(page, documents.length)
    await page.getByRole('button', { name: `Remove ${first.title}` }).click()
    await expectDocuments(page, documents.length - 1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectDocuments(page, documents.length)
    const input = page.getByLabel('Add files')
    await input.setInputFiles([{ name: NEW_NOTE.name, mimeType: '', buffer: Buffer.from(NEW_NOTE.text) }])
    await expectDocuments(page, documents.length + 1)
    await page.reload()
    await expectDocuments(page, documents.length + 1)
    for (const document of documents) await expectDocument(page, document)
    expect(await bestTitle(page, 'late ferry', PATIENCE)).toBe('Ferry')
  })
}

/** The kept file of what this Belfry writes. */
function newest(databases: readonly KeptDatabase[]): KeptLibrary {
  return readKept(keptName(databases))
}

/** All but the rows. */
function formOf({ name, version, stores }: KeptDatabase) {
  return { name, version, stores: stores.map(({ rows: _rows, ...form }) => form) }
}

test('the form of what is stored is the kept one of its version', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page, [NEW_NOTE])
  await openLearning(page)
  const databases = await readDatabases(page)
  expect(databases.map(formOf)).toEqual(newest(databases).databases.map(formOf))
})

test('a library of a newer version is refused with a sentence, and nothing in it is changed', async ({
  page,
}) => {
  const [name = ''] = keptNames()
  const databases = readKept(name).databases.map(database =>
    database.name === 'belfry' ? { ...database, version: 1000 } : database,
  )
  await restore(page, { databases })
  await page.goto('/')
  await expect(page.getByRole('alert')).toContainText('too old for the library')
  await expect(page.getByLabel('Add files')).toHaveCount(0)
  await openOutside(page)
  expect(await readDatabases(page)).toEqual(databases)
})
