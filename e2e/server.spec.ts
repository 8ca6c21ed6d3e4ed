import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { hasChroma, startChroma } from '../tools/chroma-server.mjs'
import { serve } from '../tools/serve.mjs'
import { violations } from './violations.ts'
import { addNotes, bestTitle, expectDocuments, NOTES, openBelfry } from './belfry.ts'

test.skip(!hasChroma(), 'Chroma has no server for this system')

let chroma: Awaited<ReturnType<typeof startChroma>>
/** Wants a token that nobody has. */
let guarded: Server
let site: Awaited<ReturnType<typeof serve>>

test.beforeAll(async () => {
  chroma = await startChroma()
  guarded = createServer(({ method }, response) => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }
    response.writeHead(method === 'OPTIONS' ? 204 : 401, headers).end()
  })
  await new Promise<void>(resolve => guarded.listen(0, '127.0.0.1', resolve))
  site = await serve({ port: 0, chroma: chroma.url, connectTo: [chroma.url, urlOf(guarded)] })
})

test.afterAll(async () => {
  await site.close()
  guarded.close()
  await chroma.stop()
})

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function openServer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Server…' }).click()
  return page.getByRole('dialog', { name: 'Server' })
}

async function connect(page: Page, isNew = false): Promise<Locator> {
  const dialog = await openServer(page)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByText(/^The server answers/)).toBeVisible()
  if (isNew) await dialog.getByLabel('A new one').check()
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Compare', exact: true })).toBeVisible()
  return dialog
}

/** Looks, and does it. */
async function synchronise(dialog: Locator, found: RegExp, done: RegExp): Promise<void> {
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(dialog.getByText(found)).toBeVisible()
  await dialog.getByRole('button', { name: 'Both' }).click()
  await expect(dialog.getByText(done)).toBeVisible({ timeout: 30_000 })
}

async function anotherDevice(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await openBelfry(page, site.address)
  return page
}

/** Changes what the library has of a document, as another version of Belfry that reads its file anew may do. */
async function retitle(page: Page, before: string, after: string): Promise<void> {
  await page.evaluate(
    ([before, after]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('belfry')
        opening.addEventListener('success', () => {
          const db = opening.result
          const tx = db.transaction('documents', 'readwrite')
          const rows = tx.objectStore('documents').openCursor()
          rows.addEventListener('success', () => {
            const row = rows.result?.value as { title: string } | undefined
            if (row?.title === before) rows.result?.update({ ...row, title: after })
            rows.result?.continue()
          })
          tx.addEventListener('complete', () => {
            db.close()
            resolve()
          })
          tx.addEventListener('abort', () => reject(new Error(`expected to rename ${before}`)))
        })
      }),
    [before, after] as const,
  )
}

test('a library goes to another device through a server, and what both have changed is kept twice', async ({
  page,
  browser,
}, info) => {
  await openBelfry(page, site.address)
  await addNotes(page)
  const dialog = await connect(page)
  await synchronise(dialog, /^To send: 3 documents/, /Sent 3 documents/)
  await page.screenshot({ path: info.outputPath('sent.png') })
  expect(await violations(page)).toEqual([])

  const other = await anotherDevice(browser)
  const there = await connect(other)
  await synchronise(there, /^To fetch: 3 documents/, /Fetched 3 documents/)
  await retitle(page, 'Keeping bread', 'Bread at home')
  await retitle(other, 'Keeping bread', 'Bread on the road')
  await synchronise(dialog, /^To send: 1 document with/, /Sent 1 document/)
  await synchronise(there, /changed here and there/, /is kept as a copy/)
  const copies = there.getByRole('list', { name: 'Conflict copies' })
  await expect(copies.getByRole('listitem')).toHaveCount(1)
  await other.setViewportSize({ width: 390, height: 780 })
  await other.emulateMedia({ colorScheme: 'dark' })
  await other.screenshot({ path: info.outputPath('conflict.png') })
  expect(await violations(other)).toEqual([])
  await there.getByRole('button', { name: 'Use this version of Bread at home' }).click()
  await expect(copies).toBeHidden()
  await other.keyboard.press('Escape')
  expect(await bestTitle(other, 'how to keep a loaf')).toBe('Bread at home')
  await other.context().close()
})

test('what is wrong with a server is named with its cure, and synchronising goes on later', async ({
  page,
}, info) => {
  await openBelfry(page, site.address)
  await addNotes(page)
  let dialog = await openServer(page)
  const fails = async (address: string, cure: RegExp) => {
    await dialog.getByLabel('Address').fill(address)
    await dialog.getByRole('button', { name: 'Test connection' }).click()
    await expect(dialog.getByRole('alert')).toHaveText(cure, { timeout: 30_000 })
  }
  await fails('nowhere', /Expected an address/)
  await fails(chroma.url, new RegExp(`cors_allow_origins: \\["${site.address}"\\]`))
  await page.screenshot({ path: info.outputPath('cors.png') })
  await fails(urlOf(guarded), /credential/)
  await fails('http://127.0.0.2:8000', /security policy of this page/)
  await page.keyboard.press('Escape')

  dialog = await connect(page, true)
  const { port, folder } = chroma
  await chroma.kill()
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(dialog.getByRole('alert')).toHaveText(/cannot be reached/, { timeout: 30_000 })
  chroma = await startChroma({ port, folder })
  await synchronise(dialog, /^To send: 3 documents/, /Sent 3 documents/)

  await page.reload()
  await expectDocuments(page, NOTES.length)
  dialog = await openServer(page)
  await dialog.getByRole('button', { name: 'Disconnect…' }).click()
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(dialog.getByLabel('Address')).toHaveValue(`${site.address}/chroma`)
  await expectDocuments(page, NOTES.length)
})
