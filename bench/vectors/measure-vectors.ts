/**
 * Every way to search the same vectors, in one run: each is built in a browser of its own, then all are asked in turn,
 * query by query, so that load on the machine falls on all of them; then each is saved, loaded and changed.
 */
import { messageOf } from '../../src/core/errors.ts'
import type { BenchServer } from '../browser/bench-server.ts'
import type { VectorReport } from '../measurements.ts'
import { askInTurn } from './ask-in-turn.ts'
import { buildMethod, type BuiltMethod } from './build-method.ts'
import { changeAndStore, sampleOf } from './change-and-store.ts'
import type { VectorMethodName } from './vector-methods.ts'

export interface VectorBenchmark {
  readonly server: BenchServer
  readonly methods: readonly VectorMethodName[]
  readonly dimension: number
  readonly count: number
  readonly queries: number
  /** CPU seconds that building a method may take. */
  readonly budget: number
  /** Seconds that all answers of one method in one setting may take. */
  readonly patience: number
  readonly say: (line: string) => void
}

/** The first method must be the one whose answers are the truth. */
export async function measureVectors(benchmark: VectorBenchmark): Promise<VectorReport[]> {
  const reports = new Map<string, VectorReport>()
  const built: BuiltMethod[] = []
  for (const method of benchmark.methods) {
    benchmark.say(`building ${method.title}`)
    const one = await buildMethod(method, benchmark)
    if ('page' in one) built.push(one)
    reports.set(method.name, one.report)
  }
  try {
    const { methods, truth } = await askInTurn(built, benchmark)
    for (const { name, asked, trouble } of methods) extend(reports, name, { asked, ...trouble })
    for (const one of built) {
      benchmark.say(`saving, loading and changing ${one.method.title}`)
      extend(reports, one.method.name, await changeAndStore(one, benchmark, sampleOf(truth)))
      await one.page.close()
    }
  } finally {
    for (const { page } of built)
      await page.close().catch((error: unknown) => benchmark.say(messageOf(error)))
  }
  return [...reports.values()]
}

function extend(reports: Map<string, VectorReport>, name: string, more: Partial<VectorReport>): void {
  const report = reports.get(name)
  if (report === undefined) return
  const troubles = [report.trouble, more.trouble].filter(trouble => trouble !== undefined)
  reports.set(name, { ...report, ...more, ...(troubles.length > 0 && { trouble: troubles.join(' ') }) })
}
