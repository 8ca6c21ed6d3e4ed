/** What `bench/mixed.ts` keeps. */
import type { Section } from '../results.ts'
import type { CheckedIngest } from './check-ingest.ts'
import type { ExtractionReport, StageTimes } from './measure-stages.ts'

export interface MixedResults {
  readonly folder?: Section<CheckedIngest>
  readonly stages?: Section<StageTimes>
  readonly markdown?: Section<CheckedIngest>
  readonly extraction?: Section<ExtractionReport>
  readonly gigabyte?: Section<CheckedIngest>
  readonly tiny?: Section<CheckedIngest>
  readonly kills?: KillReport
}

/** As `e2e/kills/mixed.ts` writes it. */
export interface KillReport {
  readonly kills: number
  readonly seed: number
  readonly files: number
  /** Sentences about all that was wrong. */
  readonly problems: readonly string[]
  readonly words: number
}
