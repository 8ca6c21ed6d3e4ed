import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, NOTES, openBelfry, openProfile } from './belfry.ts'

/** More than a fast machine takes in before the crash. */
const PARTS = Array.from({ length: 150 }, (_, i) => ({
  name: `part-${i}.md`,
  mimeType: '',
  buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(20)}`),
}))

const bar = (page: Page) => page.getByRole('progressbar', { name: 'Adding documents' })

const settled = async (page: Page) => Number(await bar(page).getAttribute('aria-valuenow'))

const leftBehind = (page: Page) => page.getByText(/files? (was|were) not taken in/)

async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  session.send('Page.crash').catch(() => undefined)
  await page.waitForEvent('crash')
}

/** Opens the library's database in a newer version, as a newer Belfry in another tab does. */
async function openNewer(page: Page): Promise<void> {
  await page.goto('/favicon.ico')
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('belfry', 1000)
        request.addEventListener('success', () => resolve())
        request.addEventListener('error', () => reject(request.error ?? new Error('it did not open')))
      }),
  )
}

/** As a tab leaves it whose files were too large to be kept. */
async function leaveSomethingBehind(page: Page): Promise<void> {
  // Opened before Belfry has made it, it would come into being without its stores.
  const isThere = () =>
    page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'belfry-waiting'))
  await expect.poll(isThere, { timeout: 20_000 }).toBe(true)
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('belfry-waiting')
        opening.addEventListener('error', () => reject(opening.error ?? new Error('it did not open')))
        opening.addEventListener('success', () => {
          const tx = opening.result.transaction('files', 'readwrite')
          const file = { id: 'dead/1', tab: 'dead', name: 'film.txt', path: 'films/film.txt' }
          tx.objectStore('files').put({ ...file, bytes: 3e8, modifiedAt: 5 })
          tx.addEventListener('complete', () => {
            opening.result.close()
            resolve()
          })
        })
      }),
  )
}

test.setTimeout(240_000)

test('of three tabs, one crashes while it adds; another one goes on, and all have everything', async ({
  baseURL,
  launchOptions,
}, info) => {
  const context = await openProfile(info.outputPath('profile'), { launchOptions, baseURL })
  const [writing, second, third] = [
    await context.newPage(),
    await context.newPage(),
    await context.newPage(),
  ] as const
  for (const page of [writing, second, third]) await openBelfry(page)
  await addNotes(third)
  await writing.getByLabel('Add files').setInputFiles(PARTS)
  await expect.poll(() => settled(writing), { timeout: 60_000, intervals: [50] }).toBeGreaterThan(1)
  // Added in the middle of the other one's adding: both take turns.
  await second
    .getByLabel('Add files')
    .setInputFiles([
      { name: 'ferry.md', mimeType: '', buffer: Buffer.from('# Ferry\n\nThe ferry was late.') },
    ])
  await expect.poll(() => bestTitle(second, 'late ferry'), { timeout: 60_000 }).toBe('Ferry')
  const shown = await settled(writing)
  await crash(context, writing)
  expect(shown).toBeLessThan(PARTS.length)

  // Both are told, one goes on, and nothing is there twice.
  for (const page of [second, third]) {
    const words = `${NOTES.length + 1 + PARTS.length} documents`
    await expect(page.getByText(new RegExp(`^${words}( ·|$)`))).toBeVisible({ timeout: 150_000 })
    await expect(leftBehind(page)).toHaveCount(0)
    expect(await bestTitle(page, 'late ferry', 20_000)).toBe('Ferry')
    expect(await bestTitle(page, 'part 149', 20_000)).toBe('Part 149')
  }
  await context.close()
})

test('what could not be kept of a tab that has ended is told, and can be dismissed everywhere', async ({
  page,
  context,
}) => {
  await openBelfry(page)
  await leaveSomethingBehind(page)
  await page.reload()
  const other = await context.newPage()
  await openBelfry(other)
  for (const tab of [page, other]) {
    await expect(leftBehind(tab)).toBeVisible({ timeout: 20_000 })
    await expect(leftBehind(tab)).toContainText('films/film.txt')
  }
  await page.getByRole('button', { name: 'Dismiss' }).click()
  for (const tab of [page, other]) await expect(leftBehind(tab)).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Try it with sample documents' })).toBeVisible()
  await expect(leftBehind(page)).toHaveCount(0)
})

test('a newer Belfry in another tab gets the library, and this one says so and offers to reload', async ({
  page,
  context,
}) => {
  await openBelfry(page)
  await addNotes(page)
  await openNewer(await context.newPage())
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('A newer Belfry has been opened in another tab')
  // Nothing more can be added here.
  await expect(page.getByLabel('Add files')).toHaveCount(0)
  await alert.getByRole('button', { name: 'Reload the page' }).click()
  // The page that comes is as old as before in this test.
  await expect(alert).toContainText('too old for the library')
})
