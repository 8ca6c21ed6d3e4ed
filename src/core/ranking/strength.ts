/** How far a hit may be trusted, in words that a reader understands. */
import type { Strength } from './answer.ts'

/** Least cosine of a strong and of a fair match, as the model's makers measured them. */
export interface StrengthThresholds {
  readonly strong: number
  readonly fair: number
}

export interface Evidence {
  readonly cosine: number
  /** Share, 0 to 1, of the query's idf that the passage's words make up. */
  readonly coverage: number
}

/** With this much of the query's words a fair meaning is a strong match. */
const MOST_WORDS = 0.8
/** With this much of them the words alone are a fair match. */
const HALF_THE_WORDS = 0.5

export function strengthOf({ cosine, coverage }: Evidence, thresholds: StrengthThresholds): Strength {
  if (cosine >= thresholds.strong) return 'strong'
  if (cosine >= thresholds.fair) return coverage >= MOST_WORDS ? 'strong' : 'fair'
  return coverage >= HALF_THE_WORDS ? 'fair' : 'weak'
}

/** That of the strongest hit; `none` when all are weak and not one shares a word with the query. */
export function answerStrength(hits: readonly Evidence[], thresholds: StrengthThresholds): Strength | 'none' {
  const strengths = new Set(hits.map(hit => strengthOf(hit, thresholds)))
  if (strengths.has('strong')) return 'strong'
  if (strengths.has('fair')) return 'fair'
  return hits.some(({ coverage }) => coverage > 0) ? 'weak' : 'none'
}
