/** What came of a folder, held against what was to come of it. */
import type { MixedFile } from '../../tools/mixed/mix-files.ts'
import type { IngestReport } from './measure-ingest.ts'

/** A report without its long lists. */
export interface CheckedIngest extends Omit<IngestReport, 'stored' | 'told'> {
  readonly documents: number
  readonly passages: number
  /** Files that have a state other than *Searchable* and no reason. */
  readonly withoutReason: number
  /** Planted words that are in no document, and in more than one. */
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Some reasons that were given, by state. */
  readonly reasons: readonly string[]
}

const REASONS = 12

/** @param files What was added; nothing is known of the planted words without it. */
export function checkIngest(report: IngestReport, files: readonly MixedFile[] | undefined): CheckedIngest {
  const { stored, told, ...rest } = report
  const wanted = new Set((files ?? []).flatMap(({ words }) => words))
  const explained = told.filter(({ reason }) => reason !== '')
  const reasons = new Set(
    told.map(({ state, reason }) => `${state}: ${reason.replaceAll(/`[^`]*`|“[^”]*”|\d+/g, '…')}`),
  )
  return {
    ...rest,
    documents: stored.documents,
    passages: stored.passages,
    withoutReason: told.length - explained.length,
    lost: [...wanted].filter(word => stored.words[word] === undefined),
    doubled: Object.entries(stored.words).flatMap(([word, count]) => (count > 1 ? [word] : [])),
    reasons: [...reasons].slice(0, REASONS),
  }
}
