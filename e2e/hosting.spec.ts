import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { contentType } from '../tools/headers.mjs'
import { addNotes, expectDocuments, NOTES, openBelfry } from './belfry.ts'

/** A host that knows types and nothing else, as many static ones do. */
function startPlainHost(): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join('dist', pathname === '/' ? 'index.html' : pathname)
    if (extname(file) === '' || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'Content-Type': contentType(file) })
    createReadStream(file).pipe(response)
  })
  return new Promise(resolve => server.listen(0, 'localhost', () => resolve(server)))
}

test('on a host that sends no headers the service worker isolates the page, without losing anything', async ({
  page,
}) => {
  const server = await startPlainHost()
  try {
    await openBelfry(page, `http://localhost:${(server.address() as AddressInfo).port}/`)
    // It loads itself again, once, as soon as the service worker has taken over.
    const isolated = () => page.evaluate(() => crossOriginIsolated).catch(() => undefined)
    await expect.poll(isolated, { timeout: 30_000 }).toBe(true)
    await addNotes(page)
    await page.reload()
    await expectDocuments(page, NOTES.length)
    await expect(page.getByText(/WASM, \d+ threads/)).toBeVisible()
  } finally {
    server.close()
  }
})
