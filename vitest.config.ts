import { playwright } from '@vitest/browser-playwright'
import { defineConfig, mergeConfig } from 'vitest/config'
import { findSystemBrowser } from './tools/ensure-browser.mjs'
import base from './vite.config.ts'

const browserPath = findSystemBrowser()?.path

export default mergeConfig(
  base,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: [
              'src/**/*.test.ts',
              'training/**/*.test.ts',
              'tools/**/*.test.ts',
              'bench/report/*.test.ts',
            ],
            exclude: ['**/*.browser.test.ts'],
            environment: 'node',
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: ['src/**/*.browser.test.ts'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  ...(browserPath === undefined ? {} : { executablePath: browserPath }),
                  args: ['--enable-unsafe-webgpu'],
                },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
)
