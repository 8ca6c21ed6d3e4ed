/** The file that keeps what was measured for one size: its sections may come from several runs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunFacts } from './machine.ts'
import type { EngineReport, VectorReport, WordReport } from './measurements.ts'

export const RESULTS = 'run/bench/results'

export interface Section<T> {
  readonly run: RunFacts
  readonly measured: T
}

export interface CorpusSummary {
  readonly isReal: boolean
  /** Passages that do not overlap; the others are windows over the same texts. */
  readonly apart: number
  readonly textBytes: number
  readonly model: string
  readonly modelDimension: number
  readonly seed: number
}

export interface BenchmarkResults {
  readonly passages: number
  readonly dimension: number
  readonly corpus: CorpusSummary
  readonly vectors?: Section<readonly VectorReport[]>
  readonly words?: Section<readonly WordReport[]>
  readonly engine?: Section<EngineReport>
}

export function resultsPath(folder: string, passages: number, dimension: number): string {
  return join(folder, `${passages}x${dimension}.json`)
}

/** Puts new results in the place of those that the file has; methods that were left out of a run stay as they were. */
export function keepResults(path: string, results: BenchmarkResults): BenchmarkResults {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BenchmarkResults) : undefined
  const merged = mergeResults(before, results)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(merged, null, 2)}\n`)
  return merged
}

export function mergeResults(
  before: BenchmarkResults | undefined,
  results: BenchmarkResults,
): BenchmarkResults {
  const vectors = results.vectors && withEarlier(before?.vectors, results.vectors)
  const words = results.words && withEarlier(before?.words, results.words)
  return { ...before, ...results, ...(vectors && { vectors }), ...(words && { words }) }
}

/** What another run measured goes behind, and says which run that was. */
function withEarlier<T extends { readonly name: string; readonly earlier?: RunFacts }>(
  before: Section<readonly T[]> | undefined,
  { run, measured }: Section<readonly T[]>,
): Section<readonly T[]> {
  if (before === undefined) return { run, measured }
  const names = new Set(measured.map(({ name }) => name))
  const left = before.measured.filter(({ name }) => !names.has(name))
  return { run, measured: [...measured, ...left.map(one => ({ earlier: before.run, ...one }))] }
}
