/** Serves the pages of the benchmarks, and the passages and vectors that they ask for. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'vite'
import type { Corpus } from '../corpus/corpus.ts'

export interface BenchServer {
  /** Ends with a slash. */
  readonly address: string
  close(): Promise<void>
}

/** `…/bench-data/rows?from=0&end=1024`, `…/queries` and `…/texts?page=0`. */
const DATA = '/bench-data/'

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
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (request.url?.startsWith(DATA) === true) answer(corpus, request, response)
            else next()
          })
        },
      },
    ],
  })
  await server.listen()
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}

function answer(corpus: Corpus, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
  const number = (name: string) => Number(searchParams.get(name))
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cache-Control', 'no-store')
  switch (pathname.slice(DATA.length)) {
    case 'rows':
      return end(response, corpus.rows(number('from'), number('end')))
    case 'queries':
      return end(response, corpus.queries())
    case 'texts':
      return void response.end(JSON.stringify(corpus.texts(number('page'))))
    default:
      response.statusCode = 404
      response.end()
  }
}

function end(response: ServerResponse, values: Float32Array): void {
  response.end(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
}
