/** A browser of its own with one page: what it costs can be told from what others cost, and it may crash alone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type CDPSession, type Page } from 'playwright'
import { findSystemBrowser } from '../../tools/ensure-browser.mjs'

export interface BenchPage {
  /** Calls a function that the page's module exports. @throws Error of the page, or when it takes too long. */
  call<T>(name: string, ...args: unknown[]): Promise<T>
  /** CPU seconds of the browser's processes since it started, waiting left out. */
  cpuSeconds(): Promise<number>
  /** Bytes that belong to its processes alone, after collecting garbage; `undefined` where the system does not tell. */
  memory(): Promise<number | undefined>
  /** The same as they stand, garbage and all. */
  heldBytes(): Promise<number | undefined>
  readonly page: Page
  close(): Promise<void>
}

/** Milliseconds. */
const SETTLING = 500

export interface BenchPageOptions {
  /** Of a server; with the path of an empty page. */
  readonly address: string
  /** Whose exports are called; below the address. A built page has put them into `bench` itself. */
  readonly module?: string
  /** Seconds that one call may take. */
  readonly patience: number
  /** Runs in the page before anything of it. */
  readonly before?: () => void
}

export async function openBenchPage(options: BenchPageOptions): Promise<BenchPage> {
  const executablePath = findSystemBrowser()?.path
  // With a profile on disk: a window without one keeps its databases in memory.
  const profile = mkdtempSync(join(tmpdir(), 'belfry-bench-'))
  const launch = executablePath === undefined ? {} : { executablePath }
  const context = await chromium.launchPersistentContext(profile, launch)
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(0)
  if (options.before !== undefined) {
    // tsx keeps the names of functions with a helper of this name, which the page has not.
    await page.addInitScript({ content: 'globalThis.__name = named => named' })
    await page.addInitScript(options.before)
  }
  await page.goto(options.address)
  const heap = await context.newCDPSession(page)
  const cdp = await context.browser()?.newBrowserCDPSession()
  if (cdp === undefined) throw new Error('expected a browser behind the page, found none')
  return {
    page,
    call: (name, ...args) => within(options.patience, callIn(page, options.module, name, args)),
    cpuSeconds: async () => sum((await processesOf(cdp)).map(({ cpuTime }) => cpuTime)),
    async memory() {
      await heap.send('HeapProfiler.collectGarbage')
      // What a first collection frees is given back to the system a little later.
      await new Promise(resolve => setTimeout(resolve, SETTLING))
      await heap.send('HeapProfiler.collectGarbage')
      return heldBy(await processesOf(cdp))
    },
    heldBytes: async () => heldBy(await processesOf(cdp)),
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function callIn<T>(page: Page, module: string | undefined, name: string, args: unknown[]): Promise<T> {
  const answer = await page.evaluate(
    async ({ module, name, args }) => {
      type Functions = Record<string, (...given: unknown[]) => unknown>
      const { bench } = globalThis as unknown as { bench: Functions }
      try {
        // The browser's own import, of what the server has; a bundler must not see it.
        const loaded =
          module === undefined
            ? bench
            : ((await import(/* @vite-ignore */ `${location.origin}/${module}`)) as Functions)
        return { value: await loaded[name]?.(...args) }
      } catch (error) {
        // An exception of WebAssembly is no error and would come out as nothing.
        return { error: error instanceof Error ? String(error) : JSON.stringify(error) }
      }
    },
    { module, name, args },
  )
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer.value as T
}

interface BrowserProcess {
  readonly id: number
  readonly cpuTime: number
}

async function processesOf(cdp: CDPSession): Promise<readonly BrowserProcess[]> {
  return (await cdp.send('SystemInfo.getProcessInfo')).processInfo
}

function heldBy(processes: readonly BrowserProcess[]): number | undefined {
  const bytes = processes.map(({ id }) => privateBytes(id))
  return bytes.includes(undefined) ? undefined : sum(bytes.map(own => own ?? 0))
}

/** From Linux's `/proc`. */
function privateBytes(pid: number): number | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, n]) =>
      Number(n),
    )
    return 1024 * sum(kilobytes)
  } catch {
    return undefined
  }
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), 1000 * seconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
