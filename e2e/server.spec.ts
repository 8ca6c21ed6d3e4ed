import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { hasChroma, startChroma } from '../tools/chroma-server.mjs'
import { serve } from '../tools/serve.mjs'
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

const TABLE = [
  { name: 'towers.csv', mimeType: '', buffer: Buffer.from('place,bell\nEly,tenor\nYork,treble') },
]

test('a library goes to another device through a server, and what both have changed is kept twice', async ({
  page,
  browser,
}, info) => {
  await openBelfry(page, site.address)
  await addNotes(page)
  await page.getByLabel('Add files').setInputFiles(TABLE)
  await expectDocuments(page, NOTES.length + 1)
  const dialog = await connect(page)
  await synchronise(dialog, /^To send: 4 documents/, /Sent 4 documents/)
  await page.screenshot({ path: info.outputPath('sent.png') })

  const other = await anotherDevice(browser)
  await other.getByLabel('Add files').setInputFiles(TABLE)
  await expectDocuments(other, 1)
  await other.getByRole('button', { name: 'Details' }).click()
  await other.getByRole('button', { name: 'Choose columns of towers.csv…' }).click()
  const columns = other.getByRole('dialog')
  await columns.getByLabel('Read bell as').selectOption('Leave out')
  await columns.getByRole('button', { name: 'Read it again' }).click()
  await expect(columns).toBeHidden()
  await expectDocuments(other, 1)
  const there = await connect(other)
  await synchronise(there, /changed here and there/, /Fetched 3 documents.*kept as a copy/)
  await expect(there.getByRole('list', { name: 'Conflict copies' }).getByText('towers')).toBeVisible()
  await other.setViewportSize({ width: 390, height: 780 })
  await other.emulateMedia({ colorScheme: 'dark' })
  await other.screenshot({ path: info.outputPath('conflict.png') })
  await there.getByRole('button', { name: 'Use this version of towers' }).click()
  await expect(there.getByText('Conflict copies')).toBeHidden()
  await other.keyboard.press('Escape')
  expect(await bestTitle(other, 'how to keep a loaf')).toMatch(/bread/)
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
