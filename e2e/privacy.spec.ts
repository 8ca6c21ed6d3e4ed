import { type ConsoleMessage, expect, type Request, test } from '@playwright/test'
import {
  addNotes,
  addSamples,
  bestTitle,
  expectDocuments,
  openBelfry,
  results,
  waitForServiceWorker,
} from './belfry.ts'

test('nothing is requested from another origin, and nothing at all once the model is there', async ({
  page,
  context,
  baseURL,
}) => {
  const requests: Request[] = []
  context.on('request', request => requests.push(request))
  await openBelfry(page)
  await addSamples(page)
  await waitForServiceWorker(page)
  const strangers = requests.filter(
    request => !request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('blob:'),
  )
  expect(strangers.map(request => request.url())).toEqual([])
  const before = requests.length
  await page
    .getByLabel('Add files')
    .setInputFiles([
      { name: 'ferry.md', mimeType: '', buffer: Buffer.from('# The ferry\n\nIt was late again.') },
    ])
  await expectDocuments(page, 15)
  await bestTitle(page, 'keeping bread fresh')
  await results(page).first().getByRole('heading').getByRole('button').click()
  expect(requests.slice(before).map(request => request.url())).toEqual([])
})

const HOSTILE = `<!doctype html><title><img src=x onerror="window.hacked=1">Hostile</title>
<h1>Hostile page</h1><script>window.hacked=2</script>
<p onclick="window.hacked=3">A harmless sentence about pirates and their parrots.</p>
<img src="https://example.com/track.png" onerror="window.hacked=4"><iframe src="javascript:parent.hacked=5"></iframe>
<p>&lt;img src=x onerror="window.hacked=6"&gt; stands here as text about parrots.</p>`

test('what a document holds is shown as text and never runs', async ({ page, context, baseURL }) => {
  const strangers: string[] = []
  context.on('request', request => {
    if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('blob:'))
      strangers.push(request.url())
  })
  await openBelfry(page)
  await addNotes(page, [{ name: '<img src=x onerror=hacked=7>.html', text: HOSTILE }])
  await bestTitle(page, 'parrots')
  await results(page).first().getByRole('heading').getByRole('button').click()
  await expect(page.getByText('stands here as text about parrots').first()).toBeVisible()
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(strangers).toEqual([])
})

test('the page breaks none of its own security policy and says nothing on the console', async ({ page }) => {
  const said: string[] = []
  const note = (message: ConsoleMessage) => said.push(`${message.type()}: ${message.text()}`)
  page.on('console', note)
  page.on('pageerror', error => said.push(error.message))
  await openBelfry(page)
  await addNotes(page)
  await bestTitle(page, 'tyres')
  expect(said).toEqual([])
})

test('the page is isolated, so that the model may use threads', async ({ page }) => {
  await openBelfry(page)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await expect(page.getByText(/WASM, \d+ threads?/)).toBeVisible({ timeout: 30_000 })
})
