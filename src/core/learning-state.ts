/** Where learning on the device stands, as the page shows it. */

export type LearningSource = 'openings' | 'documents'

/** Mean reciprocal ranks, 0 to 1: 1 when what was right always came first. */
export interface LearnedScores {
  /** How many examples were learned from. */
  readonly examples: number
  /** On examples that were not learned from: with the head in use at the time, and with the new one. */
  readonly before: number
  readonly after: number
  /** On a fixed set of everyday queries: with the shipped head, and with the new one. */
  readonly probesBefore: number
  readonly probesAfter: number
}

/** Versions count from 1; 0 is the shipped head. */
export interface LearnedVersion {
  readonly number: number
  readonly source: LearningSource
  /** Milliseconds since the epoch. */
  readonly learnedAt: number
  readonly scores: LearnedScores
}

export interface LearningState {
  /** Whether openings are noted, and how many are. */
  readonly noting: boolean
  readonly openings: number
  /** Oldest first. */
  readonly versions: readonly LearnedVersion[]
  readonly inUse: number
  /** What is being learned from, and the share that is done. */
  readonly running: { readonly source: LearningSource; readonly share: number } | undefined
  /** What came of the last try, as a sentence. */
  readonly outcome: { readonly accepted: boolean; readonly sentence: string } | undefined
}
