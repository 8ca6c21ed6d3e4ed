import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'

/** SHA-256 of the manifest of the model that the page comes with: what the vectors and the heads were made by. */
export async function servedModel(page: Page): Promise<string> {
  const response = await page.request.get('/models/belfry-two-tower/manifest.json')
  if (!response.ok()) throw new Error(`expected the manifest of the model, got ${response.status()}`)
  return createHash('sha256')
    .update(await response.body())
    .digest('hex')
}
