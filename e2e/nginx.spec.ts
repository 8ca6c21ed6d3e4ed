/** The page as the image serves it: nginx with its very configuration, and a real Chroma server behind it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { hasChroma, startChroma } from '../tools/chroma-server.mjs'
import { findNginx } from '../tools/ensure-nginx.mjs'
import { startNginx } from '../tools/start-nginx.mjs'
import { openBelfry, searchField, waitForServiceWorker } from './belfry.ts'

/** Status and words of an answer from behind nginx, or the reason why there is none. */
function askChroma(page: Page, path: string, body?: object): Promise<string> {
  return page.evaluate(
    async ([address, json]) => {
      const type = { 'Content-Type': 'application/json' }
      const init = json === undefined ? {} : { method: 'POST', headers: type, body: json }
      try {
        const response = await fetch(address, init)
        return `${response.status} ${await response.text()}`
      } catch (error) {
        return String(error)
      }
    },
    [`/chroma/api/v2/${path}`, body && JSON.stringify(body)] as const,
  )
}

test('nginx serves the page, which reaches Chroma behind it, and opens again when nginx is gone', async ({
  page,
}) => {
  test.skip(findNginx() === undefined || !hasChroma(), 'nginx or a Chroma server is missing')
  const folder = await mkdtemp(join(tmpdir(), 'belfry-e2e-nginx-'))
  const chroma = await startChroma()
  const nginx = await startNginx({ folder, dist: resolve('dist'), env: { CHROMA_URL: chroma.url } })
  const violations: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' && /policy/i.test(message.text())) violations.push(message.text())
  })
  try {
    await openBelfry(page, `${nginx.url}/`)
    expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([true, true])
    await waitForServiceWorker(page)

    expect(await askChroma(page, 'heartbeat')).toMatch(/^200 .*nanosecond heartbeat/)
    const collections = 'tenants/default_tenant/databases/default_database/collections'
    expect(await askChroma(page, collections, { name: 'notes' })).toMatch(/^200 .*"name":"notes"/)
    expect(violations).toEqual([])
    // The server's own address is another origin, which the policy keeps the page from.
    expect(await page.evaluate(url => fetch(url).catch(String), chroma.url)).toMatch(/TypeError/)
    expect(violations.join()).toContain("connect-src 'self'")

    await nginx.stop()
    await page.reload()
    await expect(searchField(page)).toBeVisible()
    expect(await askChroma(page, 'heartbeat')).toMatch(/TypeError/)
  } finally {
    await nginx.stop()
    await chroma.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
