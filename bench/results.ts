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

/** Puts new sections in the place of those that the file has. */
export function keepResults(path: string, results: BenchmarkResults): BenchmarkResults {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BenchmarkResults) : undefined
  const merged = { ...before, ...results }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(merged, null, 2)}\n`)
  return merged
}
