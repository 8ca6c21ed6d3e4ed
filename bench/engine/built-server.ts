/** Builds the page of this benchmark as the app is built, and serves it: modules one by one would take seconds to load. */
import { build, defaultClientConditions, preview, type UserConfig } from 'vite'
import { securityHeaders } from '../../tools/headers.mjs'
import { benchData } from '../browser/bench-data.ts'
import type { BenchServer } from '../browser/bench-server.ts'
import type { Corpus } from '../corpus/corpus.ts'

const OUT = 'run/bench/engine'

export async function startBuiltServer(corpus: Corpus): Promise<BenchServer> {
  const config: UserConfig & { configFile: false } = {
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    build: {
      target: 'es2023',
      assetsInlineLimit: 0,
      outDir: OUT,
      emptyOutDir: true,
      rollupOptions: { input: 'bench/engine/engine.html' },
    },
    preview: { port: 0, headers: securityHeaders({ policy: false }) },
    plugins: [
      {
        name: 'bench-data',
        configurePreviewServer: ({ middlewares }) => void middlewares.use(benchData(corpus)),
      },
    ],
  }
  await build(config)
  const server = await preview(config)
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
