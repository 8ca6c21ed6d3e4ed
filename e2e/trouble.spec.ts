import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, NOTES, openBelfry, openProfile, statusLine } from './belfry.ts'

const MANY = Array.from({ length: 120 }, (_, i) => ({
  name: `part-${i}.md`,
  mimeType: '',
  buffer: Buffer.from(`# Part ${i}\n\n${`Sentence ${i} of a long story about the sea. `.repeat(200)}`),
}))

/** Words that nobody has said before, from a seed. */
function inventedWords(count: number, seed: number): string {
  let state = seed
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCharCode(97 + ((state >>> 16) % 26))
  }
  return Array.from({ length: count }, () => letter() + letter() + letter() + letter() + letter()).join(' ')
}

/** Documents that the status line counts, once everything is searchable. */
async function countDocuments(page: Page): Promise<number> {
  const status = statusLine(page).getByText(/^[\d,]+ documents? ·/)
  await expect(status).toBeVisible({ timeout: 50_000 })
  return Number((await status.textContent())?.match(/^\d+/)?.[0])
}

test('a crash in the middle of adding loses nothing that was stored, and doubles nothing', async ({
  baseURL,
  launchOptions,
}, info) => {
  const context = await openProfile(info.outputPath('profile'), { launchOptions, baseURL })
  const first = await context.newPage()
  await openBelfry(first)
  await first.getByLabel('Add files').setInputFiles(MANY)
  const bar = first.getByRole('progressbar', { name: 'Adding documents' })
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 })
    .toBeGreaterThan(10)
  const acknowledged = Number(await bar.getAttribute('aria-valuenow'))
  const session = await context.newCDPSession(first)
  session.send('Page.crash').catch(() => undefined)
  await first.waitForEvent('crash')

  const second = await context.newPage()
  await openBelfry(second)
  const kept = await countDocuments(second)
  expect(kept).toBeGreaterThanOrEqual(acknowledged)
  expect(await bestTitle(second, 'sentence 3 of the story', 20_000)).toMatch(/^Part \d+$/)
  // It goes on by itself, too: each file comes twice.
  await second.getByLabel('Add files').setInputFiles(MANY)
  await expectDocuments(second, MANY.length)
  await context.close()
})

test.describe('on a full disk', () => {
  // What the service worker keeps would fill the small disk at a moment of its own choice.
  test.use({ serviceWorkers: 'block' })

  test('adding stops with a sentence, and what is stored stays searchable', async ({ page, baseURL }) => {
    // Room for the model and a little more; set before the page first asks, since Chromium remembers the answer.
    const session = await page.context().newCDPSession(page)
    await session.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 16_000_000 })
    await openBelfry(page)
    await addNotes(page)
    const files = Array.from({ length: 40 }, (_, i) => ({
      name: `book-${i}.md`,
      mimeType: '',
      // Repeated text would be compressed away.
      buffer: Buffer.from(`# Book ${i}\n\n${inventedWords(20_000, i + 1)}`),
    }))
    await page.getByLabel('Add files').setInputFiles(files)
    await expect(page.getByRole('alert')).toContainText('no more room', { timeout: 50_000 })
    await page.getByRole('button', { name: 'Details' }).click()
    await expect(page.getByRole('row', { name: /book-39\.md/ })).toContainText(/no more space/)
    expect(await bestTitle(page, 'paper bag')).toBe('Keeping bread')
    await page.getByRole('button', { name: 'What takes the space' }).click()
    const storage = page.getByRole('dialog', { name: 'Storage' })
    const largest = storage
      .getByRole('list', { name: 'Documents, largest first' })
      .getByRole('listitem')
      .first()
    await expect(largest).toContainText(/^Book \d+about \d+ kB/)
    await page.keyboard.press('Escape')
    await page.reload()
    const kept = await countDocuments(page)
    expect(kept).toBeGreaterThanOrEqual(NOTES.length)
    expect(kept).toBeLessThan(NOTES.length + files.length)
    await expect(page.getByText(/WASM, \d/)).toBeVisible({ timeout: 30_000 })
    expect(await bestTitle(page, 'paper bag')).toBe('Keeping bread')
  })
})
