import { expect, test } from '@playwright/test'
import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '../tools/serve.mjs'
import { addNotes, expectDocuments, NOTES, openBelfry, searchField, waitForServiceWorker } from './belfry.ts'

test('an update is offered, never imposed', async ({ page }, info) => {
  const root = info.outputPath('dist')
  cpSync('dist', root, { recursive: true })
  const server = await serve({ root, port: 0 })
  try {
    await openBelfry(page, server.address)
    await addNotes(page)
    await waitForServiceWorker(page)
    // Without its compressed siblings, which would be served in its place.
    for (const sibling of ['.br', '.gz']) rmSync(join(root, `service-worker.js${sibling}`), { force: true })
    appendFileSync(join(root, 'service-worker.js'), '\n// newer\n')
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    await searchField(page).fill('half a thought')
    await expect(page.getByText('A new version of Belfry is ready.')).toBeVisible({ timeout: 30_000 })
    await expect(searchField(page)).toHaveValue('half a thought')
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.getByText('A new version of Belfry is ready.')).toBeHidden()
    await expectDocuments(page, NOTES.length)
  } finally {
    await server.close()
  }
})
