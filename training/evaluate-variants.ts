/** What a set scores with less: with the index's int8 vectors, and with fewer dimensions. */
import { createKernelVectorIndex } from '../src/adapters/kernel-vector-index.ts'
import type { Scores } from '../src/core/evaluation/metrics.ts'
import { scoreHybrid, scoreQueries } from '../src/core/evaluation/run-set.ts'
import type { IndexedSet } from '../src/core/evaluation/run-set.ts'
import { truncateRows } from '../src/core/evaluation/truncate.ts'
import { indexVectors } from './evaluate-set.ts'
import { createRoundedIndex } from './rounded-index.ts'

/** Dense scores, from the true vectors to the rounded ones alone. */
export interface QuantisedScores {
  readonly f32: Scores
  /** As the page searches: the best by rounded vectors get true scores. */
  readonly rescored: Scores
  readonly int8: Scores
}

export async function scoreQuantised(indexed: IndexedSet): Promise<QuantisedScores> {
  const { vectors, set, vectorIndex } = indexed
  const { dimension, documents } = vectors
  const ofPage = createKernelVectorIndex({ dimension, mode: 'scan' })
  await ofPage.add(
    Uint32Array.from(set.documents, (_, place) => place),
    documents,
  )
  const rounded = createRoundedIndex(documents, dimension)
  return {
    f32: await scoreQueries(indexed, (_, vector, limit) => vectorIndex.search(vector, limit)),
    rescored: await scoreQueries(indexed, (_, vector, limit) => ofPage.search(vector, limit)),
    int8: await scoreQueries(indexed, async (_, vector, limit) => rounded.search(vector, limit)),
  }
}

export interface DimensionScores {
  readonly dense: Scores
  readonly hybrid: Scores
}

/** With the first `kept` numbers of every vector, at length 1 again. @throws Error when there are not so many. */
export async function scoreDimensions(
  { set, vectors, lexicalIndex }: IndexedSet,
  kept: number,
  weight: number,
): Promise<DimensionScores> {
  const { dimension, documents, queries } = vectors
  const shorter = await indexVectors(set, {
    dimension: kept,
    documents: truncateRows(documents, dimension, kept),
    queries: truncateRows(queries, dimension, kept),
  })
  const { vectorIndex } = shorter
  return {
    dense: await scoreQueries(shorter, (_, vector, limit) => vectorIndex.search(vector, limit)),
    hybrid: await scoreHybrid({ ...shorter, lexicalIndex }, weight),
  }
}
