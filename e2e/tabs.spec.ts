import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, NOTES, openBelfry, openProfile, results } from './belfry.ts'

/** More than a fast machine takes in before the crash. */
const PARTS = Array.from({ length: 500 }, (_, i) => ({
  name: `part-${i}.md`,
  mimeType: '',
  buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(200)}`),
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

test.setTimeout(120_000)

test('of three tabs, one crashes while it adds; the others go on and say what it had not read', async ({
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
  await expect.poll(() => settled(writing), { timeout: 30_000 }).toBeGreaterThan(5)
  // Added in the middle of the other one's adding: both take turns.
  await second
    .getByLabel('Add files')
    .setInputFiles([
      { name: 'ferry.md', mimeType: '', buffer: Buffer.from('# Ferry\n\nThe ferry was late.') },
    ])
  await expect.poll(() => bestTitle(second, 'late ferry'), { timeout: 30_000 }).toBe('Ferry')
  const shown = await settled(writing)
  await crash(context, writing)
  expect(shown).toBeLessThan(PARTS.length)

  for (const page of [second, third]) {
    await expect(leftBehind(page)).toBeVisible({ timeout: 20_000 })
    await expect(leftBehind(page)).toContainText('part-')
    expect(await bestTitle(page, 'late ferry')).toBe('Ferry')
    expect(await bestTitle(page, 'sentence 3 of the story')).toMatch(/^Part \d+$/)
  }
  const words = (await leftBehind(second).textContent()) ?? ''
  const unread = Number(/^[\d,]+/.exec(words)?.[0])
  const kept = await second.getByRole('list', { name: 'Documents' }).getByRole('listitem').count()
  expect(kept).toBeGreaterThanOrEqual(NOTES.length + 1 + shown)
  // What is stored and what is said to be missing are everything, and nothing twice.
  expect(kept + unread).toBe(NOTES.length + 1 + PARTS.length)

  await second.getByLabel('Add files').setInputFiles(PARTS)
  for (const page of [second, third]) {
    await expectDocuments(page, NOTES.length + 1 + PARTS.length)
    expect(await bestTitle(page, 'part 499')).toBe('Part 499')
  }
  await context.close()
})

test('a tab that is closed while it adds leaves a word, and the word can be dismissed everywhere', async ({
  page,
  context,
}) => {
  await openBelfry(page)
  const other = await context.newPage()
  const third = await context.newPage()
  for (const tab of [other, third]) await openBelfry(tab)
  await other.getByLabel('Add files').setInputFiles(PARTS)
  await expect.poll(() => settled(other), { timeout: 30_000 }).toBeGreaterThan(2)
  await other.close()
  for (const tab of [page, third]) await expect(leftBehind(tab)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Dismiss' }).click()
  for (const tab of [page, third]) await expect(leftBehind(tab)).toHaveCount(0)
  await page.reload()
  await expect(
    results(page)
      .or(page.getByRole('list', { name: 'Documents' }))
      .first(),
  ).toBeVisible()
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
