import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds fault with on the page as it is. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, since the page's policy allows no foreign script.
  await page.evaluate(axe)
  const found = (await page.evaluate('axe.run(document)')) as AxeResults
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)
}
