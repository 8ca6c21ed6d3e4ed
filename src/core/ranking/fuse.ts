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
 * Weighted sum of min–max normalised scores: `weight · dense + (1 − weight) · lexical`, each normalised over all
 * candidates (Bruch, Gai and Ingber, 2023). Where all candidates score the same, a score above 0 counts as 1 and any
 * other as 0. Ties go to the smaller key.
 * @throws Error when the arrays differ in length or the weight is not between 0 and 1.
 */
export function fuse(candidates: Candidates, weight: number): FusedNeighbours {
  expectFusible(candidates, weight)
  const { keys } = candidates
  const dense = normalised(candidates.dense)
  const lexical = normalised(candidates.lexical)
  const fused = dense.map((value, i) => weight * value + (1 - weight) * (lexical[i] as number))
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
