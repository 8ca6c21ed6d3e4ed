/** Takes the README's picture of the built page: `npm run build && node tools/make-screenshot.mjs`. */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { ensureBrowser } from './ensure-browser.mjs'
import { serve } from './serve.mjs'

const QUERY = 'cooking vegan food'
const TARGET = fileURLToPath(new URL('../docs/screenshot.png', import.meta.url))

const { path } = await ensureBrowser()
const server = await serve({ port: 0 })
const browser = await chromium.launch({ executablePath: path })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' })
  await page.goto(server.address)
  await page.getByRole('button', { name: 'Try it with sample documents' }).click()
  await page.getByText(/^14 documents/).waitFor({ timeout: 60_000 })
  await page.getByRole('searchbox', { name: 'Search' }).fill(QUERY)
  const results = page.getByRole('list', { name: 'Results' })
  await results.getByRole('heading').first().getByRole('button').click()
  await page.getByRole('region', { name: /^Preview of/ }).waitFor()
  // Until the summary of what was added has gone.
  await page.getByRole('region', { name: 'Adding' }).waitFor({ state: 'hidden', timeout: 30_000 })
  await page.screenshot({ path: TARGET })
} finally {
  await browser.close()
  await server.close()
}
