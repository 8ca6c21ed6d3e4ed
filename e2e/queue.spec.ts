import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { bestTitle, expectDocuments, openBelfry, openProfile } from './belfry.ts'

/** More than a fast machine takes in before it is interrupted. */
const PARTS = Array.from({ length: 300 }, (_, i) => ({
  name: `part-${i}.md`,
  mimeType: '',
  buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(150)}`),
}))

const bar = (page: Page) => page.getByRole('progressbar', { name: 'Adding documents' })

const settled = async (page: Page) => Number(await bar(page).getAttribute('aria-valuenow'))

/** How many files are noted, and the bytes of how many are kept. */
function journal(page: Page): Promise<{ noted: number; kept: number }> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const db = await answer(indexedDB.open('belfry-waiting'))
    const tx = db.transaction(['files', 'bytes'])
    const [noted, kept] = await Promise.all([
      answer(tx.objectStore('files').count()),
      answer(tx.objectStore('bytes').count()),
    ])
    db.close()
    return { noted, kept }
  })
}

/** Adds the parts and waits until some are in, and all that wait are kept. */
async function addParts(page: Page): Promise<void> {
  await page.getByLabel('Add files').setInputFiles(PARTS)
  await expect.poll(() => settled(page), { timeout: 60_000 }).toBeGreaterThan(2)
  const missing = async () => {
    const { noted, kept } = await journal(page)
    return noted > 200 ? noted - kept : PARTS.length
  }
  // Some settle between the two counts.
  await expect.poll(missing, { timeout: 60_000 }).toBeLessThan(5)
}

async function expectAll(page: Page): Promise<void> {
  await expect(page.getByText(/^300 documents( ·|$)/)).toBeVisible({ timeout: 120_000 })
  await expectDocuments(page, PARTS.length)
  expect(await bestTitle(page, 'part 299')).toBe('Part 299')
  await expect.poll(() => journal(page), { timeout: 20_000 }).toEqual({ noted: 0, kept: 0 })
  await expect(page.getByText(/not taken in/)).toHaveCount(0)
}

async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  session.send('Page.crash').catch(() => undefined)
  await page.waitForEvent('crash')
}

test.setTimeout(240_000)

test('adding goes on by itself after a reload, until everything is there once', async ({ page }) => {
  await openBelfry(page)
  await addParts(page)
  await page.reload()
  await expect(bar(page)).toBeVisible({ timeout: 30_000 })
  await expectAll(page)
})

test('the next tab goes on after a crash, and after the tab was closed', async ({
  baseURL,
  launchOptions,
}, info) => {
  const context = await openProfile(info.outputPath('profile'), { launchOptions, baseURL })
  const crashing = await context.newPage()
  await openBelfry(crashing)
  await addParts(crashing)
  await crash(context, crashing)
  const closed = await context.newPage()
  await openBelfry(closed)
  await expect(bar(closed)).toBeVisible({ timeout: 30_000 })
  await closed.close()
  const last = await context.newPage()
  await openBelfry(last)
  await expectAll(last)
  await context.close()
})

test('a tab that is open already goes on with the files of one that is closed', async ({ page, context }) => {
  await openBelfry(page)
  const other = await context.newPage()
  await openBelfry(other)
  await addParts(other)
  await other.close()
  await expect(bar(page)).toBeVisible({ timeout: 30_000 })
  await expectAll(page)
})

test('adding can be paused, and what is dropped meanwhile waits at the front', async ({ page }) => {
  await openBelfry(page)
  await addParts(page)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/^Paused/)).toBeVisible()
  await page
    .getByLabel('Add files')
    .setInputFiles([
      { name: 'ferry.md', mimeType: '', buffer: Buffer.from('# Ferry\n\nThe ferry was late.') },
    ])
  await expect(bar(page)).toHaveAttribute('aria-valuemax', '301')
  const before = await settled(page)
  await page.waitForTimeout(1500)
  // The one in hand may have been finished.
  expect((await settled(page)) - before).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('list', { name: 'Documents' }).getByText('ferry.md')).toBeVisible({
    timeout: 20_000,
  })
  expect(await settled(page)).toBeLessThan(250)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar(page)).toBeHidden()
  await expect.poll(() => journal(page), { timeout: 20_000 }).toEqual({ noted: 0, kept: 0 })
})
