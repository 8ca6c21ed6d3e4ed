import { chromium } from 'playwright'
import { findSystemBrowser } from '../../tools/ensure-browser.mjs'

/** Such as `Chromium 142.0.7444.59`. */
export async function browserVersion(): Promise<string> {
  const executablePath = findSystemBrowser()?.path
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  const version = browser.version()
  await browser.close()
  return `Chromium ${version}`
}
