/** What somebody does with the page, by role and label. */
import {
  type BrowserContext,
  chromium,
  expect,
  type LaunchOptions,
  type Locator,
  type Page,
} from '@playwright/test'

export interface Note {
  readonly name: string
  readonly text: string
}

export const NOTES: readonly Note[] = [
  {
    name: 'bread.md',
    text: `# Keeping bread\n\n## Storage\n\nKeep loaves in a paper bag at room temperature. The fridge dries them out.\n\n## Freezing\n\nSlice the loaf before it goes into the freezer, so that you can toast single slices.`,
  },
  {
    name: 'lighthouse.txt',
    text: `The keeper of the lamp\n\nEvery evening he climbed the tower and lit the wick, so that ships would not founder on the rocks.`,
  },
  {
    name: 'bicycle.html',
    text: `<!doctype html><title>Bicycle care</title><nav>Home</nav><main><h1>Bicycle care</h1><h2>Tyres</h2><p>Pump the tyres once a week. A soft tyre wears out quickly and makes you slow.</p></main>`,
  },
]

export async function openBelfry(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await expect(searchField(page)).toBeVisible()
}

/** A browser with a profile on disk, as people have: a private window can neither install a page nor outlive a crash. */
export function openProfile(
  folder: string,
  { launchOptions, baseURL }: { launchOptions: LaunchOptions; baseURL: string | undefined },
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    ...launchOptions,
    ...(baseURL === undefined ? {} : { baseURL }),
  })
}

/** Chooses files with the labelled input and waits until all of them are searchable. */
export async function addNotes(page: Page, notes: readonly Note[] = NOTES): Promise<void> {
  await page
    .getByLabel('Add files')
    .setInputFiles(notes.map(({ name, text }) => ({ name, mimeType: '', buffer: Buffer.from(text) })))
  await expectDocuments(page, notes.length)
}

export async function addSamples(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it with sample documents' }).click()
  await expect(statusLine(page).getByText(/^1\d documents( ·|$)/)).toBeVisible({ timeout: 50_000 })
}

/** By its attributes: while a dialog is open the line is no part of the accessible page. */
export function statusLine(page: Page): Locator {
  return page.locator('[role=group][aria-label="Library status"]')
}

/** Waits for the status line to count this many documents, all of them searchable. */
export async function expectDocuments(page: Page, count: number, timeout = 50_000): Promise<void> {
  const words = `${count.toLocaleString('en')} ${count === 1 ? 'document' : 'documents'}`
  await expect(statusLine(page).getByText(new RegExp(`^${words}( ·|$)`))).toBeVisible({ timeout })
}

export function searchField(page: Page): Locator {
  return page.getByRole('searchbox', { name: 'Search' })
}

export function results(page: Page): Locator {
  return page.getByRole('list', { name: 'Results' }).getByRole('listitem')
}

/** Types a query and gives the title of the best document. `patience` in milliseconds. */
export async function bestTitle(page: Page, query: string, patience = 15_000): Promise<string> {
  await searchField(page).fill(query)
  await expect(results(page).first()).toBeVisible({ timeout: patience })
  return (await results(page).first().getByRole('heading').textContent()) ?? ''
}

/** Opens what Belfry has noted and learned, from the menu. */
export async function openLearning(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Learning' }).click()
  const dialog = page.getByRole('dialog', { name: 'Learning' })
  await expect(dialog.getByText(/openings? noted/)).toBeVisible()
  return dialog
}

/** Waits until the page is controlled by its service worker, which then holds all it needs. */
export async function waitForServiceWorker(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}
