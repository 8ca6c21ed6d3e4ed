import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { bestTitle, expectDocuments, openBelfry, openProfile } from './belfry.ts'
import { journal } from './journal.ts'

/** More than a fast machine takes in before it is paused, and not too much for a slow one. */
const PARTS = Array.from({ length: 80 }, (_, i) => ({
  name: `part-${i}.md`,
  mimeType: '',
  buffer: Buffer.from(`# Part ${i}\n\nSentence ${i} of a long story about the sea.`),
}))

/** Files that may have been read when adding was paused. */
const READ_AHEAD = 34

const bar = (page: Page) => page.getByRole('progressbar', { name: 'Adding documents' })

const settled = async (page: Page) => Number(await bar(page).getAttribute('aria-valuenow'))

/** Adds the parts, stops in the middle, and waits until all that are left are kept. */
async function addSomeParts(page: Page): Promise<void> {
  await page.getByLabel('Add files').setInputFiles(PARTS)
  await expect.poll(() => settled(page), { timeout: 90_000, intervals: [30] }).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  // The one in hand is finished.
  await expect
    .poll(async () => (await journal(page)).noted + (await settled(page)), { timeout: 60_000 })
    .toBe(PARTS.length)
  await expect
    .poll(async () => Object.values(await journal(page)), { timeout: 60_000 })
    .toEqual(Array<number>(2).fill(PARTS.length - (await settled(page))))
}

async function expectAll(page: Page): Promise<void> {
  await expectDocuments(page, PARTS.length, 150_000)
  expect(await bestTitle(page, 'part 79', 20_000)).toBe('Part 79')
  await expect.poll(() => journal(page), { timeout: 20_000 }).toEqual({ noted: 0, kept: 0 })
  await expect(page.getByText(/not taken in/)).toHaveCount(0)
}

async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  session.send('Page.crash').catch(() => undefined)
  await page.waitForEvent('crash')
}

test.setTimeout(240_000)

/** What was paused stays paused when another page takes it over. */
async function resume(page: Page): Promise<void> {
  await expect(page.getByText(/^Paused at 0 of/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Resume' }).click()
}

test('adding stays paused after a reload, and goes on until everything is there once', async ({ page }) => {
  await openBelfry(page)
  await addSomeParts(page)
  const before = await journal(page)
  await page.reload()
  await expect(page.getByText(/^Paused at 0 of/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/WASM, \d/)).toBeVisible({ timeout: 30_000 })
  expect(await journal(page)).toEqual(before)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Storage' }).click()
  await expect(page.getByText('Files that wait to be added')).toBeVisible()
  await page.keyboard.press('Escape')
  await resume(page)
  await expectAll(page)
})

test('the next tab goes on after a crash, and after the tab was closed', async ({
  baseURL,
  launchOptions,
}, info) => {
  const context = await openProfile(info.outputPath('profile'), { launchOptions, baseURL })
  const crashing = await context.newPage()
  await openBelfry(crashing)
  await addSomeParts(crashing)
  await crash(context, crashing)
  const closed = await context.newPage()
  await openBelfry(closed)
  await resume(closed)
  await expect(closed.getByText(/^Reading/)).toBeVisible()
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
  await addSomeParts(other)
  await other.close()
  await resume(page)
  await expectAll(page)
})

test('what is dropped while adding is paused comes before the rest', async ({ page }) => {
  await openBelfry(page)
  await addSomeParts(page)
  const before = await settled(page)
  const ferry = { name: 'ferry.md', mimeType: '', buffer: Buffer.from('# Ferry\n\nThe ferry was late.') }
  await page.getByLabel('Add files').setInputFiles([ferry])
  await expect(bar(page)).toHaveAttribute('aria-valuemax', `${PARTS.length + 1}`)
  await page.waitForTimeout(1000)
  expect(await settled(page)).toBe(before)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expectDocuments(page, PARTS.length + 1, 150_000)
  // Newest first: what is below it came before it, and that was stored or read already.
  const names = await page.getByRole('list', { name: 'Documents' }).getByRole('listitem').allTextContents()
  const earlier = names.length - 1 - names.findIndex(name => name.includes('ferry.md'))
  expect(earlier).toBeLessThanOrEqual(before + READ_AHEAD)
  await expect.poll(() => journal(page), { timeout: 20_000 }).toEqual({ noted: 0, kept: 0 })
})
