/** Builds a page of the benchmarks as the app is built, and serves it: modules one by one would take seconds to load. */
import { build, defaultClientConditions, type Plugin, preview, type UserConfig } from 'vite'
import { securityHeaders } from '../../tools/headers.mjs'
import type { BenchServer } from './bench-server.ts'

/**
 * @param page HTML of the page, below the project
 * @param out Folder to build into
 */
export async function buildAndServe(
  page: string,
  out: string,
  plugins: readonly Plugin[] = [],
): Promise<BenchServer> {
  const config: UserConfig & { configFile: false } = {
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    build: {
      target: 'es2023',
      assetsInlineLimit: 0,
      outDir: out,
      emptyOutDir: true,
      rollupOptions: { input: page },
    },
    preview: { port: 0, headers: securityHeaders({ policy: false }) },
    plugins: [...plugins],
  }
  await build(config)
  const server = await preview(config)
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
