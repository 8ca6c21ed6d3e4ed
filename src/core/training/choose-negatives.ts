/** Which of the documents that a search found for a query may serve as wrong answers. */

/**
 * A document with this share of an answer's score, or more, is likely an answer that nobody marked: the "positive-aware"
 * cut of Moreira et al. 2024 (NV-Retriever), who found 0.95 the best of several.
 */
const NEARLY = 0.95

/** Wrong answers kept for a query, and how deep a search must look so that enough are left. */
export const MOST_NEGATIVES = 20
export const SEARCH_DEPTH = 100

export interface Found {
  /** Documents, best first, with their scores. */
  readonly keys: ArrayLike<number>
  readonly scores: ArrayLike<number>
}

/**
 * The best `MOST_NEGATIVES` that are no answers and clearly below the best answer's score; none when no answer scores above 0.
 */
export function chooseNegatives(found: Found, answers: ReadonlySet<number>, answerScore: number): number[] {
  const chosen: number[] = []
  if (answerScore <= 0) return chosen
  for (let rank = 0; rank < found.keys.length && chosen.length < MOST_NEGATIVES; rank++) {
    const key = found.keys[rank] ?? 0
    if (!answers.has(key) && (found.scores[rank] ?? 0) < NEARLY * answerScore) chosen.push(key)
  }
  return chosen
}
