/** Opens one method in a browser of its own and gives it all vectors. */
import { messageOf } from '../../src/core/errors.ts'
import { type BenchPage, openBenchPage } from '../browser/bench-page.ts'
import { spent } from '../browser/spent.ts'
import type { VectorReport } from '../measurements.ts'
import type { VectorBenchmark } from './measure-vectors.ts'
import type { VectorMethodName } from './vector-methods.ts'
import type { Opened } from './vector-page.ts'

export interface BuiltMethod {
  readonly method: VectorMethodName
  readonly page: BenchPage
  readonly opened: Opened
  readonly report: VectorReport
}

/** Vectors given at a time. */
export const SLICE = 1024
/** Waiting for one call, as seconds for a second of the budget: others may want the machine too. */
const WAITING = 2

/** Without a page when it was left out or has failed; the report says why. */
export async function buildMethod(
  method: VectorMethodName,
  benchmark: VectorBenchmark,
): Promise<BuiltMethod | { readonly report: VectorReport }> {
  const { name, title, most } = method
  const empty: VectorReport = { name, title, asked: [], usual: 0 }
  if (most !== undefined && benchmark.count > most[0]) {
    return { report: { ...empty, trouble: `Left out above ${most[0]} vectors: ${most[1]}.` } }
  }
  const page = await openBenchPage({
    address: `${benchmark.server.address}bench/blank.html`,
    module: 'bench/vectors/vector-page.ts',
    patience: WAITING * benchmark.budget,
  })
  try {
    const { opened, ...rest } = await build(method, page, benchmark)
    return { method, page, opened, report: { ...empty, usual: opened.usual, ...rest } }
  } catch (error) {
    await page.close()
    return { report: { ...empty, trouble: `Building failed: ${messageOf(error)}.` } }
  }
}

async function build({ name }: VectorMethodName, page: BenchPage, benchmark: VectorBenchmark) {
  const { dimension, count, budget } = benchmark
  const opened = await page.call<Opened>('open', name, { dimension, count })
  const reading = await spent(page, () => eachSlice(count, (from, end) => page.call('readRows', from, end)))
  const before = await page.memory()
  const start = await page.cpuSeconds()
  const expectBudget = async (done: number) => {
    if ((await page.cpuSeconds()) - start < budget + reading.cpuSeconds) return
    throw new Error(`more than the budget of ${budget} CPU seconds for the first ${done} of ${count} vectors`)
  }
  const adding = await spent(page, () =>
    eachSlice(count, async (from, end) => {
      await page.call('add', from, end)
      await expectBudget(end)
    }),
  )
  const finishing = await spent(page, async () => {
    while (await page.call<boolean>('finish')) await expectBudget(count)
  })
  const after = await page.memory()
  const ownBytes = await page.call<number | undefined>('bytes')
  return {
    opened,
    // What it costs to bring the vectors into the page is not the method's.
    build: {
      cpuSeconds: Math.max(0, adding.cpuSeconds - reading.cpuSeconds) + finishing.cpuSeconds,
      seconds: Math.max(0, adding.seconds - reading.seconds) + finishing.seconds,
    },
    ...(before !== undefined && after !== undefined && { memory: after - before }),
    ...(ownBytes !== undefined && { ownBytes }),
  }
}

export async function eachSlice(
  count: number,
  take: (from: number, end: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += SLICE) await take(from, Math.min(from + SLICE, count))
}
