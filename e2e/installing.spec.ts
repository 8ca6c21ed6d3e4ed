import { expect, test } from '@playwright/test'
import { openBelfry, openProfile, waitForServiceWorker } from './belfry.ts'

test('the browser finds nothing that keeps it from installing the page', async ({
  baseURL,
  launchOptions,
}, info) => {
  const context = await openProfile(info.outputPath('profile'), { launchOptions, baseURL })
  const page = await context.newPage()
  await openBelfry(page)
  await waitForServiceWorker(page)
  const session = await context.newCDPSession(page)
  const { errors } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  expect(installabilityErrors).toEqual([])
  await context.close()
})
