/** Serves the pages of the benchmarks, and the passages and vectors that they ask for. */
import { createServer } from 'vite'
import type { Corpus } from '../corpus/corpus.ts'
import { benchData } from './bench-data.ts'

export interface BenchServer {
  /** Ends with a slash. */
  readonly address: string
  close(): Promise<void>
}

export async function startBenchServer(corpus: Corpus): Promise<BenchServer> {
  const server = await createServer({
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
    // What is found late makes a page load again in the middle of its work.
    optimizeDeps: { noDiscovery: true },
    cacheDir: 'run/bench/vite',
    plugins: [
      {
        name: 'bench-data',
        configureServer: ({ middlewares }) => void middlewares.use(benchData(corpus)),
      },
    ],
  })
  await server.listen()
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
