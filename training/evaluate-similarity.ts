import { spearman } from '../src/core/evaluation/similarity.ts'
import type { SimilaritySet } from '../src/core/evaluation/similarity.ts'
import type { Encoder } from '../src/core/ports/encoder.ts'
import { dotProduct } from '../src/core/vector.ts'

/**
 * Spearman's rank correlation of the cosines with the scores that people gave, −1 to 1. Both sides go through the document
 * tower: the two texts of a pair have the same part to play, and so their cosine must not depend on which comes first.
 */
export async function similarityScore(encoder: Encoder, { pairs }: SimilaritySet): Promise<number> {
  const { dimension } = await encoder.info()
  const encode = (texts: readonly string[]) => encoder.encode(texts, 'document')
  const [a, b] = [await encode(pairs.map(pair => pair.a)), await encode(pairs.map(pair => pair.b))]
  const row = (rows: Float32Array, i: number) => rows.subarray(i * dimension, (i + 1) * dimension)
  const cosines = pairs.map((_, i) => dotProduct(row(a, i), row(b, i)))
  return spearman(
    cosines,
    pairs.map(({ score }) => score),
  )
}
