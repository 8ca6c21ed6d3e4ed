/** What a benchmark ran on, and how busy that was. */
import { cpus, loadavg, totalmem } from 'node:os'

export interface RunFacts {
  readonly startedAt: string
  readonly seconds: number
  readonly cpu: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  readonly browser: string
  /** Processes that wanted a core, mean of a minute; the benchmark's own are among them. */
  readonly load: { readonly start: number; readonly end: number }
}

/** Runs `work` and tells what it ran on. */
export async function onMachine<T>(
  browser: string,
  work: () => Promise<T>,
): Promise<{ readonly run: RunFacts; readonly measured: T }> {
  const [startedAt, began, start] = [new Date().toISOString(), performance.now(), loadNow()]
  const measured = await work()
  const seconds = Math.round((performance.now() - began) / 1000)
  const run = {
    startedAt,
    seconds,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    browser,
    load: { start, end: loadNow() },
  }
  return { run, measured }
}

function loadNow(): number {
  return Number((loadavg()[0] ?? Number.NaN).toFixed(2))
}
