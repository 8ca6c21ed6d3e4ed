/** Runs a retrieval set through what the app searches with: encoder, BM25, fusion. */
import { createExactVectorIndex } from '../src/adapters/exact-vector-index.ts'
import type { EvaluationSet } from '../src/core/evaluation/beir.ts'
import { meanScores, scoreRanking } from '../src/core/evaluation/metrics.ts'
import type { Scores } from '../src/core/evaluation/metrics.ts'
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import type { Encoder, LexicalIndex, VectorIndex } from '../src/core/ports.ts'
import { hybridNeighbours } from '../src/core/ranking/hybrid.ts'

/** Deep enough for every measure. */
const DEPTH = 100

export interface SetIndexes {
  readonly set: EvaluationSet
  readonly vectorIndex: VectorIndex
  readonly lexicalIndex: LexicalIndex
  /** Row-major, one row for each query of the set. */
  readonly queryVectors: Float32Array
  readonly dimension: number
  /** Seconds that encoding the documents took. */
  readonly seconds: number
}

/** Documents get their place as key, so that ties go to the earlier. */
export async function indexSet(encoder: Encoder, set: EvaluationSet): Promise<SetIndexes> {
  const { dimension } = await encoder.info()
  const keys = Uint32Array.from(set.documents, (_, place) => place)
  const start = performance.now()
  const vectors = await encoder.encode(set.documents, 'document')
  const seconds = (performance.now() - start) / 1000
  const vectorIndex = createExactVectorIndex(dimension)
  await vectorIndex.add(keys, vectors)
  const lexicalIndex = createBm25Index()
  await lexicalIndex.add(keys, set.documents)
  const queryVectors = await encoder.encode(
    set.queries.map(({ text }) => text),
    'query',
  )
  return { set, vectorIndex, lexicalIndex, queryVectors, dimension, seconds }
}

export interface SetScores {
  readonly bm25: Scores
  readonly dense: Scores
  readonly hybrid: Scores
}

export async function scoreSet(indexes: SetIndexes, weight: number): Promise<SetScores> {
  return {
    bm25: await scoreQueries(indexes, async text => (await indexes.lexicalIndex.search(text, DEPTH)).keys),
    dense: await scoreQueries(
      indexes,
      async (_, vector) => (await indexes.vectorIndex.search(vector, DEPTH)).keys,
    ),
    hybrid: await scoreHybrid(indexes, weight),
  }
}

export function scoreHybrid(indexes: SetIndexes, weight: number): Promise<Scores> {
  return scoreQueries(indexes, async (queryText, queryVector) => {
    const query = { ...indexes, queryText, queryVector, weight, limit: DEPTH }
    return (await hybridNeighbours(query)).keys
  })
}

async function scoreQueries(
  { set, queryVectors, dimension }: SetIndexes,
  search: (text: string, vector: Float32Array) => Promise<Uint32Array>,
): Promise<Scores> {
  const scores: Scores[] = []
  for (const [i, { text, grades }] of set.queries.entries()) {
    const ranked = await search(text, queryVectors.subarray(i * dimension, (i + 1) * dimension))
    scores.push(scoreRanking([...ranked], grades))
  }
  return meanScores(scores)
}
