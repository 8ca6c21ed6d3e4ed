import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, openBelfry } from './belfry.ts'

/** Names of the parts of an index that are saved, with what is done to them on the way. */
function savedParts(page: Page, change?: 'damage'): Promise<number[]> {
  return page.evaluate(async change => {
    const request = indexedDB.open('belfry-snapshots')
    const db = await new Promise<IDBDatabase>(resolve => {
      request.addEventListener('success', () => resolve(request.result))
    })
    const sizes: number[] = []
    const parts = db.transaction('parts', 'readwrite').objectStore('parts')
    await new Promise<void>(resolve => {
      parts.openCursor().addEventListener('success', event => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result
        if (cursor === null) return resolve()
        const bytes = cursor.value as Uint8Array
        sizes.push(bytes.length)
        if (change === 'damage') cursor.update(bytes.map(byte => byte ^ 1))
        cursor.continue()
      })
    })
    db.close()
    return sizes
  }, change)
}

/** Takes the vectors and the words away from the library, so that only saved indexes can know them. */
function emptyLibraryButItsList(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const request = indexedDB.open('belfry')
    const db = await new Promise<IDBDatabase>(resolve => {
      request.addEventListener('success', () => resolve(request.result))
    })
    const tx = db.transaction('vectors', 'readwrite')
    tx.objectStore('vectors').clear()
    await new Promise(resolve => tx.addEventListener('complete', resolve))
    db.close()
  })
}

/** No part has the id of another that was saved before it. */
function partIds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const request = indexedDB.open('belfry-snapshots')
    const db = await new Promise<IDBDatabase>(resolve => {
      request.addEventListener('success', () => resolve(request.result))
    })
    const keys = db.transaction('parts').objectStore('parts').getAllKeys()
    await new Promise(resolve => keys.addEventListener('success', resolve))
    db.close()
    return keys.result.map(String)
  })
}

/** The words and the vectors of what was added, and a listing of each. */
async function addAndSave(page: Page): Promise<void> {
  await openBelfry(page)
  await addNotes(page)
  await expect.poll(async () => (await savedParts(page)).filter(size => size > 1000).length).toBe(2)
}

test('a start has the indexes back as they were saved', async ({ page }) => {
  await addAndSave(page)
  await emptyLibraryButItsList(page)
  await page.reload()
  await expectDocuments(page, 3)
  expect(await bestTitle(page, 'how do I keep loaves from going stale')).toBe('Keeping bread')
  await expect(page.getByText('The search index')).toHaveCount(0)
})

test('an index that was damaged on the disk is made again, and that is said', async ({ page }) => {
  await addAndSave(page)
  await savedParts(page, 'damage')
  const damaged = new Set(await partIds(page))
  await page.reload()
  await expect(page.getByText('The search index was damaged')).toBeVisible()
  await expect(page.getByText('Nothing is lost.')).toBeVisible()
  for (const [query, title] of [
    ['paper bag', 'Keeping bread'],
    ['soft tyre', 'Bicycle care'],
  ] as const)
    expect(await bestTitle(page, query)).toBe(title)
  // The words are made again before the model is there, the vectors after it.
  const left = async () => (await partIds(page)).filter(id => damaged.has(id)).length
  await expect.poll(left, { timeout: 20_000 }).toBe(0)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText('The search index')).toHaveCount(0)
  await page.reload()
  expect(await bestTitle(page, 'paper bag')).toBe('Keeping bread')
  await expect(page.getByText('The search index')).toHaveCount(0)
})

test('a cleared library leaves no saved words behind', async ({ page }) => {
  await addAndSave(page)
  await page
    .getByRole('button', { name: /Clear everything/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: /Clear/ }).click()
  await expect.poll(async () => (await savedParts(page)).every(size => size < 100)).toBe(true)
})
