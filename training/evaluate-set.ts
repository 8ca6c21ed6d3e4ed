/** Runs a retrieval set in memory, as the page does, over the index that is exact by construction. */
import { createExactVectorIndex } from '../src/adapters/exact-vector-index.ts'
import type { EvaluationSet } from '../src/core/evaluation/beir.ts'
import * as run from '../src/core/evaluation/run-set.ts'
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import type { Encoder } from '../src/core/ports/encoder.ts'

export interface SetIndexes extends run.IndexedSet {
  /** Seconds that encoding took. */
  readonly seconds: number
}

export async function indexSet(encoder: Encoder, set: EvaluationSet): Promise<SetIndexes> {
  const start = performance.now()
  const vectors = await run.encodeSet(encoder, set)
  const seconds = (performance.now() - start) / 1000
  return { ...(await indexVectors(set, vectors)), seconds }
}

export function indexVectors(set: EvaluationSet, vectors: run.SetVectors): Promise<run.IndexedSet> {
  const vectorIndex = createExactVectorIndex(vectors.dimension)
  return run.indexSet(set, vectors, { vectorIndex, lexicalIndex: createBm25Index() })
}
