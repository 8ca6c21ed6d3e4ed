import { type BrowserContext, expect, type Page } from '@playwright/test'
import { results, searchField } from '../belfry.ts'

declare global {
  interface Window {
    tellShown(names: readonly string[]): Promise<void>
    engineWorker?: Worker
  }
}

/** Reports the name of every file that the page lists, and remembers the engine's worker so that it can be stopped. */
export async function watchPages(
  context: BrowserContext,
  shown: (names: readonly string[]) => void,
): Promise<void> {
  await context.exposeBinding('tellShown', (_source, names: readonly string[]) => shown(names))
  // tsx keeps the names of functions with a helper of this name, which the page has not.
  await context.addInitScript({ content: 'globalThis.__name = named => named' })
  await context.addInitScript(() => {
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        if (options?.name === 'belfry-engine') window.engineWorker = this
      }
    }
    const told = new Set<string>()
    const look = () => {
      const rows = [...document.querySelectorAll('ul[aria-label="Documents"] > li')]
      const names = rows.map(row => /\d{5,6}-[a-z-]+\.[a-z0-9]+/.exec(row.textContent)?.[0] ?? '')
      const fresh = names.filter(name => name !== '' && !told.has(name))
      for (const name of fresh) told.add(name)
      if (fresh.length > 0) void window.tellShown(fresh)
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
}

/** Milliseconds after which an answer counts as missing. */
const ANSWER = 60_000
/** Milliseconds after which a start counts as hung; a machine with ten other things to do takes a minute. */
const PATIENCE = 240_000

/**
 * Waits until the library can be searched, and gives the number of documents that the page counts.
 * @throws Error with what the page says when that takes too long.
 */
export async function untilOpen(page: Page): Promise<number> {
  const empty = page.getByRole('button', { name: 'Try it with sample documents' })
  const count = page.getByText(/^[\d,]+ documents? ·.* threads?/)
  await expect(count.or(empty))
    .toBeVisible({ timeout: PATIENCE })
    .catch(async () => {
      throw new Error(`the library was not open after ${PATIENCE} ms: ${await statusOf(page)}`)
    })
  if (await empty.isVisible()) return 0
  return Number(/^[\d,]+/.exec((await count.textContent()) ?? '')?.[0].replaceAll(',', ''))
}

/** The line below the search field, and how far what it tells of has come. */
function statusOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const bars = document.querySelectorAll('[role=progressbar], progress')
    const values = Array.from(
      bars,
      bar => `${bar.getAttribute('aria-label')} ${bar.getAttribute('aria-valuenow')}`,
    )
    const line = document.querySelector('main p')?.textContent ?? ''
    return [line, ...values].join(', ')
  })
}

/** The titles that the page shows, and its line below the search field. */
export async function shownFor(page: Page): Promise<string> {
  const titles = await results(page).getByRole('heading').allTextContents()
  return `${titles.slice(0, 5).join(', ') || 'nothing'} (${await statusOf(page)})`
}

/** Waits until the page has taken in all that was kept of what dead pages had still to add. */
export async function untilTakenOver(page: Page): Promise<void> {
  await expect.poll(() => keptFiles(page), { timeout: 120_000 }).toBe(0)
  await expect(page.getByRole('progressbar', { name: 'Adding documents' })).toBeHidden({ timeout: 60_000 })
}

/** How many files wait with their bytes. */
function keptFiles(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('belfry-waiting')
        opening.addEventListener('error', () => reject(opening.error ?? new Error('it did not open')))
        opening.addEventListener('success', () => {
          const db = opening.result
          const counting = db.transaction('bytes').objectStore('bytes').count()
          counting.addEventListener('success', () => {
            db.close()
            resolve(counting.result)
          })
        })
      }),
  )
}

/** Whether the passage that tells the fact is among the results, in the file of this name. */
export async function finds(page: Page, fact: string, name: string): Promise<boolean> {
  await searchField(page).fill(fact)
  const result = results(page).filter({ hasText: name }).filter({ hasText: fact })
  return result.waitFor({ timeout: ANSWER }).then(
    () => true,
    () => false,
  )
}

export async function crashTab(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}

/** As if the browser had taken the worker's memory: without a word to the page. */
export function stopWorker(page: Page): Promise<void> {
  return page.evaluate(() => window.engineWorker?.terminate())
}
