/** Hybrid ranking: meaning and words, weighed against each other. */

/** Keys in any order with both true scores of each: a cosine and a BM25 score. */
export interface Candidates {
  readonly keys: Uint32Array
  readonly dense: Float32Array
  readonly lexical: Float32Array
}

/** Best first. `fused` is 0 to 1; the other two are as they came. */
export interface FusedNeighbours extends Candidates {
  readonly fused: Float32Array
}

/**
 * Weighted sum of min–max normalised scores: `weight · dense + (1 − weight) · confidence · lexical`, each normalised
 * over all candidates (Bruch, Gai and Ingber, 2023; the confidence is ours, see `lexicalConfidence`). Where all
 * candidates score the same, a score above 0 counts as 1 and any other as 0. Ties go to the smaller key.
 * @throws Error when the arrays differ in length or the weight is not between 0 and 1.
 */
export function fuse(candidates: Candidates, weight: number, confidence = 1): FusedNeighbours {
  expectFusible(candidates, weight)
  const { keys } = candidates
  const dense = normalised(candidates.dense)
  const lexical = normalised(candidates.lexical)
  const fused = dense.map((value, i) => weight * value + (1 - weight) * confidence * (lexical[i] as number))
  const order = Array.from(keys.keys()).toSorted(
    (a, b) => (fused[b] as number) - (fused[a] as number) || (keys[a] as number) - (keys[b] as number),
  )
  return {
    keys: keys.map((_, rank) => keys[order[rank] as number] as number),
    dense: picked(candidates.dense, order),
    lexical: picked(candidates.lexical, order),
    fused: picked(fused, order),
  }
}

/** A share of the query's idf that leaves no doubt that a passage has its words on purpose. */
const SURE_SHARE = 0.6
/** A long query is never matched as a whole; so many of its words are sure enough. */
const SURE_TERMS = 4

/**
 * How far the words may be trusted, 0 to 1. The best of the lexical side always normalises to 1, also when it shares
 * but one accidental word with the query; so its weight falls with the square of the share of the query that it covers.
 * @param coverage The largest share, 0 to 1, of the query's idf that a candidate covers.
 * @param terms Number of terms in the query.
 */
export function lexicalConfidence(coverage: number, terms: number): number {
  const sure = SURE_SHARE * Math.min(1, SURE_TERMS / Math.max(1, terms))
  return Math.min(1, coverage / sure) ** 2
}

function expectFusible({ keys, dense, lexical }: Candidates, weight: number): void {
  if (dense.length !== keys.length || lexical.length !== keys.length) {
    const lengths = `${dense.length} dense and ${lexical.length} lexical scores`
    throw new Error(`expected two scores for each of ${keys.length} keys, got ${lengths}`)
  }
  if (!(weight >= 0 && weight <= 1)) throw new Error(`expected a weight from 0 to 1, got ${weight}`)
}

function normalised(scores: Float32Array): Float32Array {
  let least = Infinity
  let most = -Infinity
  for (const score of scores) {
    least = Math.min(least, score)
    most = Math.max(most, score)
  }
  if (least === most) return scores.map(score => (score > 0 ? 1 : 0))
  return scores.map(score => (score - least) / (most - least))
}

function picked(scores: Float32Array, order: readonly number[]): Float32Array {
  return Float32Array.from(order, index => scores[index] as number)
}
