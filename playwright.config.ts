import { defineConfig, devices } from '@playwright/test'
import { findSystemBrowser } from './tools/ensure-browser.mjs'

const port = Number(process.env['E2E_PORT'] ?? 4273)
const browserPath = findSystemBrowser()?.path

/** Quiet: the browser itself speaks to nobody, so that each request seen is the app's. */
const args = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const launch = (...more: string[]) => ({
  // Without a path Playwright takes the browser that it installed itself.
  ...(browserPath === undefined ? {} : { executablePath: browserPath }),
  args: [...args, ...more],
})

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // Each test has the machine's cores to itself: the app uses them all.
  workers: 1,
  timeout: 60_000,
  // No test asserts time: a busy machine may be slow, and is not wrong for that.
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { ...devices['Desktop Chrome'], baseURL: `http://localhost:${port}`, trace: 'retain-on-failure' },
  projects: [
    {
      // Headless Chromium has no GPU adapter: the way of most tests, and of browsers without WebGPU.
      name: 'chromium',
      testIgnore: '**/*.webgpu.spec.ts',
      use: { launchOptions: launch() },
    },
    {
      // The flag brings SwiftShader, a WebGPU adapter in software: slow, and right.
      name: 'webgpu',
      testMatch: '**/*.webgpu.spec.ts',
      use: { launchOptions: launch('--enable-unsafe-webgpu') },
    },
  ],
  webServer: {
    command: 'node tools/serve.mjs',
    env: { PORT: String(port) },
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
})
