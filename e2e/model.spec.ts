import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, NOTES, openBelfry } from './belfry.ts'

test('the model is fetched once and comes from this device afterwards', async ({ page, context }) => {
  const fetched: string[] = []
  context.on('request', request => {
    if (/\/models\/.*\.(onnx|bin)$/.test(request.url())) fetched.push(request.url())
  })
  await openBelfry(page)
  await addNotes(page)
  expect(fetched.length).toBeGreaterThan(0)
  fetched.length = 0
  await page.reload()
  await bestTitle(page, 'tyres')
  expect(fetched).toEqual([])
})

test('a broken byte in the stored model is noticed, and the file is fetched again', async ({
  page,
  context,
}) => {
  await openBelfry(page)
  await addNotes(page)
  await page.evaluate(breakStoredModel)
  const fetched: string[] = []
  context.on('request', request => {
    if (request.url().includes('/models/') && !request.url().endsWith('manifest.json'))
      fetched.push(request.url())
  })
  await page.reload()
  expect(await bestTitle(page, 'where ships might sink')).toBe('The keeper of the lamp')
  expect(fetched).toHaveLength(1)
  fetched.length = 0
  await page.reload()
  await bestTitle(page, 'tyres')
  expect(fetched).toEqual([])
})

test('a model that arrives damaged is refused with a sentence, and trying again mends it', async ({
  page,
}) => {
  await page.route('**/models/**/*.bin', async route => {
    const response = await route.fetch()
    const body = await response.body()
    body[Math.floor(body.length / 2)] = (body[Math.floor(body.length / 2)] ?? 0) ^ 1
    await route.fulfill({ response, body })
  })
  await openBelfry(page)
  await expect(page.getByRole('alert')).toContainText(/damaged/, { timeout: 30_000 })
  await page.unroute('**/models/**/*.bin')
  await page.getByRole('button', { name: 'Try again' }).click()
  await addNotes(page)
  expect(await bestTitle(page, 'tyres')).toBe('Bicycle care')
})

test('without the model files wait, and are taken in as soon as it is there', async ({ page }) => {
  await page.route('**/models/**/*.onnx', route => route.abort())
  await openBelfry(page)
  await expect(page.getByRole('alert')).toContainText(/could not be/, { timeout: 30_000 })
  await page
    .getByLabel('Add files')
    .setInputFiles([{ name: 'bread.md', mimeType: '', buffer: Buffer.from(NOTES[0]?.text ?? '') }])
  await page.unroute('**/models/**/*.onnx')
  await page.getByRole('button', { name: 'Try again' }).click()
  expect(await bestTitle(page, 'loaves')).toBe('Keeping bread')
})

test('a slow download shows how far it is', async ({ page }) => {
  await slowModel(page)
  await openBelfry(page)
  const bar = page.getByRole('progressbar', { name: 'Loading the model' })
  await expect(bar).toBeVisible()
  await expect(bar).toBeHidden({ timeout: 40_000 })
})

async function slowModel(page: Page): Promise<void> {
  await page.route('**/models/**/*.bin', async route => {
    await new Promise(resolve => setTimeout(resolve, 1500))
    await route.continue()
  })
}

/** Flips one bit in the middle of the largest stored file. */
async function breakStoredModel(): Promise<void> {
  // It runs in the page, so what it needs must stand inside it.
  // oxlint-disable-next-line unicorn/consistent-function-scoping
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('the request failed')))
    })
  const db = await done(indexedDB.open('belfry-models'))
  const keys = await done(db.transaction('files').objectStore('files').getAllKeys())
  const files = (await done(db.transaction('files').objectStore('files').getAll())) as Blob[]
  const largest = files.reduce((at, file, i) => (file.size > (files[at]?.size ?? 0) ? i : at), 0)
  const bytes = new Uint8Array((await files[largest]?.arrayBuffer()) ?? new ArrayBuffer(0))
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 4
  await done(
    db
      .transaction('files', 'readwrite')
      .objectStore('files')
      .put(new Blob([bytes]), keys[largest]),
  )
  db.close()
}
