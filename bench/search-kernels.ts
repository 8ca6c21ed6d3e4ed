/**
 * Our vector index beside a plain loop and hnswlib-wasm in headless Chromium, on the same vectors in one run: the time of
 * a query, the share of the true ten nearest that it finds, what building costs. Times are those of one machine; the
 * ratios are what to compare.
 */
import type { ServerResponse } from 'node:http'
import { chromium, type CDPSession, type Page } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { findSystemBrowser } from '../tools/ensure-browser.mjs'
import type * as KernelsPage from './kernels-page.ts'
import type { Measured, Prepared } from './kernels-page.ts'
import type { RealVectors } from './real-vectors.ts'

export interface KernelBenchmark extends Prepared {
  /** CPU seconds of the page's process. */
  readonly build: { readonly own: number; readonly ownRows: number; readonly hnswlib: number }
  readonly measured: readonly Measured[]
  readonly isReal: boolean
}

/** Where the page finds vectors that were made here. */
const VECTORS = '/bench-vectors'

export async function benchmarkSearchKernels(
  count: number,
  real: RealVectors | undefined,
): Promise<KernelBenchmark> {
  const server = await startServer(real)
  const executablePath = findSystemBrowser()?.path
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(0)
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}bench/blank.html`)
    return await runIn(page, count, real !== undefined)
  } finally {
    await browser.close()
    await server.close()
  }
}

async function runIn(page: Page, count: number, isReal: boolean): Promise<KernelBenchmark> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const call = <T>(name: keyof typeof KernelsPage, ...args: unknown[]): Promise<T> =>
    page.evaluate(
      async ({ name: method, args: given }) => {
        // The browser's own import, of what Vite serves; a bundler must not see it.
        const load = (await import(/* @vite-ignore */ `${location.origin}/bench/kernels-page.ts`)) as Record<
          string,
          (...args: unknown[]) => unknown
        >
        return (await load[method]?.(...given)) as T
      },
      { name, args },
    )
  await call('load', count, isReal ? VECTORS : undefined)
  const ownRows = await cpuSeconds(cdp, () => call('fillOwn'))
  const own = await cpuSeconds(cdp, () => call('linkOwn'))
  await call('openHnswlib')
  const hnswlib = await cpuSeconds(cdp, () => call('fillHnswlib'))
  const prepared = await call<Prepared>('describePrepared')
  const measured = await call<Measured[]>('measure')
  return { ...prepared, build: { own, ownRows, hnswlib }, measured, isReal }
}

/** What the page's process spends while `work` is done. */
async function cpuSeconds(cdp: CDPSession, work: () => Promise<unknown>): Promise<number> {
  const spent = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN
  }
  const before = await spent()
  await work()
  return (await spent()) - before
}

function send(response: ServerResponse, values: Float32Array): void {
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.end(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
}

function startServer(real: RealVectors | undefined): Promise<ViteDevServer> {
  return createServer({
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
    plugins: [
      {
        name: 'bench-vectors',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (real !== undefined && request.url === `${VECTORS}/rows`) return send(response, real.rows)
            if (real !== undefined && request.url === `${VECTORS}/queries`)
              return send(response, real.queries)
            return next()
          })
        },
      },
    ],
  }).then(server => server.listen())
}
