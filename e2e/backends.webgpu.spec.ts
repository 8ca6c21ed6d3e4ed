import { expect, test } from '@playwright/test'
import { addNotes, bestTitle, openBelfry } from './belfry.ts'

test('a software adapter is no GPU, so WASM is used and said so', async ({ page }) => {
  await openBelfry(page)
  await expect(page.getByText(/WASM, \d+ threads?/)).toBeVisible({ timeout: 40_000 })
})

test('WebGPU answers when it is asked for, and the page says which one is in use', async ({ page }) => {
  test.slow()
  await openBelfry(page, '/?backend=webgpu')
  await expect(page.getByText(/WebGPU/)).toBeVisible({ timeout: 90_000 })
  await addNotes(page)
  // A software adapter compiles the shaders of a query's shape first.
  expect(await bestTitle(page, 'where ships might sink', 60_000)).toBe('The keeper of the lamp')
})
