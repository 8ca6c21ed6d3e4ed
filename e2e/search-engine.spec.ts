import { expect, type Locator, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, openBelfry, results } from './belfry.ts'

async function openSearchEngine(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Search engine' }).click()
  return page.getByRole('dialog', { name: 'Search engine' })
}

async function whyFirst(page: Page): Promise<Locator> {
  const first = results(page).first()
  await first.getByText('Why this?').click()
  return first
}

test('a search says that it looked at every passage', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  await bestTitle(page, 'how do I keep a loaf fresh')
  await expect(await whyFirst(page)).toContainText(
    /compared with \d passages, all there are: nothing was missed/,
  )
  const dialog = await openSearchEngine(page)
  await expect(dialog).toContainText(/On this device that is fast up to about [\d,]+ passages/)
})

test('hnswlib-wasm is fetched when it is picked, answers, and is there again after a reload', async ({
  page,
}) => {
  const fetched: string[] = []
  page.context().on('request', request => fetched.push(request.url()))
  await openBelfry(page)
  await addNotes(page)
  expect(fetched.filter(url => url.includes('hnswlib'))).toEqual([])
  const dialog = await openSearchEngine(page)
  await dialog.getByRole('radio', { name: 'hnswlib-wasm' }).click()
  await expect(dialog).toContainText('Meaning is searched by hnswlib-wasm', { timeout: 30_000 })
  await page.keyboard.press('Escape')
  expect(await bestTitle(page, 'lamp for sailors')).toBe('The keeper of the lamp')
  await expect(await whyFirst(page)).toContainText(/Links were followed among \d passages/)

  await page.reload()
  const again = await openSearchEngine(page)
  await expect(again).toContainText('Meaning is searched by hnswlib-wasm', { timeout: 30_000 })
  await again.getByRole('radio', { name: 'Belfry’s own' }).click()
  await expect(again).toContainText('Every passage is compared')
})

test('only the worker of hnswlib-wasm may make code from text', async ({ page }) => {
  const policies = new Map<string, string>()
  page.context().on('response', response => {
    const policy = response.headers()['content-security-policy'] ?? ''
    if (/\.js$|\/$/.test(response.url())) policies.set(new URL(response.url()).pathname, policy)
  })
  await openBelfry(page)
  await addNotes(page)
  const dialog = await openSearchEngine(page)
  await dialog.getByRole('radio', { name: 'hnswlib-wasm' }).click()
  await expect(dialog).toContainText('Meaning is searched by hnswlib-wasm', { timeout: 30_000 })
  const lax = [...policies].filter(([, policy]) => /'unsafe-eval'/.test(policy)).map(([path]) => path)
  expect(lax).toEqual([expect.stringMatching(/^\/assets\/hnswlib-worker-/)])
  expect([...policies.values()].filter(policy => policy === '')).toEqual([])
})
