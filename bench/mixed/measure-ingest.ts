/** Adds a folder to the built page as somebody drops it, and watches: how long, how smooth, how much memory, what became of it. */
import { type BenchPage, openBenchPage } from '../browser/bench-page.ts'
import { serve } from '../../tools/serve.mjs'
import { dropPaths } from './drop-paths.ts'
import { readQueueTable, type TableRow } from './queue-table.ts'
import { readWords, type StoredWords } from '../../tools/mixed/stored-words.ts'

export interface IngestReport {
  readonly files: number
  /** From the drop until the last file had its last word. */
  readonly seconds: number
  readonly cpuSeconds: number
  /** From the drop until one document could be found. */
  readonly firstDocumentSeconds: number
  /** From the drop until a query that was typed then had a result in the page. */
  readonly firstResultSeconds: number
  /** Milliseconds of every task of the page's thread that took more than 50. */
  readonly longTasks: readonly LongTask[]
  /** Bytes of the browser's processes, by seconds since the drop, less those of the idle page. */
  readonly memory: readonly MemorySample[]
  /** What the page said at the end, or before the rest was cancelled. */
  readonly summary: string
  /** Files by what became of them. */
  readonly states: Readonly<Record<string, number>>
  /** Every file that is not simply searchable. */
  readonly told: readonly TableRow[]
  readonly stored: StoredWords
}

export interface LongTask {
  readonly milliseconds: number
  /** Seconds after the drop. */
  readonly at: number
}

export interface MemorySample {
  readonly seconds: number
  readonly bytes: number
}

export interface IngestOptions {
  /** What is dropped: folders or files. */
  readonly paths: readonly string[]
  readonly query: string
  /** Seconds. */
  readonly patience: number
  /** Adding is cancelled when this many documents can be found. */
  readonly documents?: number
  readonly say: (line: string) => void
}

export async function measureIngest(options: IngestOptions): Promise<IngestReport> {
  const server = await serve({ port: 0 })
  const bench = await openBenchPage({
    address: server.address,
    patience: options.patience,
    before: watchLongTasks,
  })
  try {
    await bench.page.getByText(/(WASM|WebGPU)/).waitFor({ timeout: 120_000 })
    return await ingest(bench, options)
  } finally {
    await bench.close()
    await server.close()
  }
}

async function ingest(bench: BenchPage, options: IngestOptions): Promise<IngestReport> {
  const { page } = bench
  const { paths, query, patience, documents = Infinity, say } = options
  const idle = (await bench.memory()) ?? Number.NaN
  const cpu = await bench.cpuSeconds()
  const origin = await page.evaluate<number>('longTasks.length = 0, performance.now()')
  const dropped = performance.now()
  const since = () => (performance.now() - dropped) / 1000
  await dropPaths(page, paths)
  const first = firstResult(bench, query, since)
  const memory: MemorySample[] = []
  for (let over = false; !over; ) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    const sample = { seconds: since(), bytes: ((await bench.heldBytes()) ?? Number.NaN) - idle }
    memory.push(sample)
    if (memory.length % 10 === 0) say(`${sample.seconds.toFixed(0)} s: ${await statusWords(bench)}`)
    over = await isOver(bench)
    if (!over && (sample.seconds > patience || (await documentsIn(bench)) >= documents)) break
  }
  const [seconds, cpuSeconds] = [since(), (await bench.cpuSeconds()) - cpu]
  const summary = await statusWords(bench)
  await cancel(bench)
  const tasks = await page.evaluate<{ start: number; duration: number }[]>('longTasks')
  const { document, result } = await first
  const { states, told, files } = await readQueueTable(page)
  return {
    files,
    seconds,
    cpuSeconds,
    firstDocumentSeconds: document,
    firstResultSeconds: result,
    longTasks: tasks.map(({ start, duration }) => ({ milliseconds: duration, at: (start - origin) / 1000 })),
    memory,
    summary,
    states,
    told,
    stored: await readWords(page),
  }
}

/** What is typed as soon as something can be found. */
async function firstResult(
  { page }: BenchPage,
  query: string,
  since: () => number,
): Promise<{ document: number; result: number }> {
  await page
    .locator('[aria-label="Library status"]')
    .getByText(/^[1-9][\d,]* /)
    .waitFor({ timeout: 120_000 })
  const document = since()
  await page.getByRole('searchbox', { name: 'Search' }).fill(query)
  await page
    .getByRole('list', { name: 'Results' })
    .getByRole('listitem')
    .first()
    .waitFor({ timeout: 120_000 })
  return { document, result: since() }
}

async function isOver({ page }: BenchPage): Promise<boolean> {
  const bar = page.getByRole('region', { name: 'Adding' })
  return (
    (await bar.count()) > 0 &&
    (await page.getByRole('progressbar', { name: 'Adding documents' }).count()) === 0
  )
}

async function documentsIn({ page }: BenchPage): Promise<number> {
  const words = await page.locator('[aria-label="Library status"] p').first().textContent()
  return Number(/^[\d,]+/.exec(words ?? '')?.[0].replaceAll(',', '') ?? 0)
}

/** So that every file has its last word. */
async function cancel(bench: BenchPage): Promise<void> {
  if (await isOver(bench)) return
  await bench.page.getByRole('region', { name: 'Adding' }).getByRole('button', { name: 'Cancel' }).click()
  while (!(await isOver(bench))) await new Promise(resolve => setTimeout(resolve, 200))
}

async function statusWords({ page }: BenchPage): Promise<string> {
  return (await page.getByRole('region', { name: 'Adding' }).locator('p').allTextContents()).join(' ')
}

/** In the page: remembers every task that took more than 50 ms. */
function watchLongTasks(): void {
  const longTasks: { start: number; duration: number }[] = []
  Object.assign(window, { longTasks })
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
}
