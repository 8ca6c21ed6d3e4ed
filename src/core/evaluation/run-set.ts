/** Runs a retrieval set through what the app searches with: encoder, BM25, fusion. The page and the command both do. */
import type { Encoder, Tower } from '../ports/encoder.ts'
import type { LexicalIndex } from '../ports/lexical-index.ts'
import type { VectorIndex } from '../ports/vector-index.ts'
import { hybridNeighbours } from '../ranking/hybrid.ts'
import type { EvaluationSet } from './beir.ts'
import { meanScores, scoreRanking } from './metrics.ts'
import type { Scores } from './metrics.ts'

/** Deep enough for every measure. */
const DEPTH = 100
/** Texts encoded, or added to an index, between two reports. */
const SLICE = 256

/** Told how much of a step is done, in texts; awaited, so that others get their turn; throws to stop. */
export type Progress = (done: number) => Promise<void>

const silent: Progress = async () => {}

/** Row-major, unit rows, in the order of the set. */
export interface SetVectors {
  readonly dimension: number
  readonly documents: Float32Array
  readonly queries: Float32Array
}

export interface IndexedSet {
  readonly set: EvaluationSet
  readonly vectorIndex: VectorIndex
  readonly lexicalIndex: LexicalIndex
  readonly vectors: SetVectors
}

export interface SetScores {
  readonly bm25: Scores
  readonly dense: Scores
  readonly hybrid: Scores
}

/** Documents first, then queries; `done` counts both. */
export async function encodeSet(
  encoder: Encoder,
  set: EvaluationSet,
  progress: Progress = silent,
): Promise<SetVectors> {
  const { dimension } = await encoder.info()
  const encode = async (texts: readonly string[], tower: Tower, before: number) => {
    const vectors = new Float32Array(texts.length * dimension)
    for (let start = 0; start < texts.length; start += SLICE) {
      const slice = texts.slice(start, start + SLICE)
      vectors.set(await encoder.encode(slice, tower), start * dimension)
      await progress(before + start + slice.length)
    }
    return vectors
  }
  const texts = set.queries.map(({ text }) => text)
  return {
    dimension,
    documents: await encode(set.documents, 'document', 0),
    queries: await encode(texts, 'query', set.documents.length),
  }
}

/** Fills two empty indexes. Documents get their place as key, so that ties go to the earlier. */
export async function indexSet(
  set: EvaluationSet,
  vectors: SetVectors,
  indexes: Pick<IndexedSet, 'vectorIndex' | 'lexicalIndex'>,
  progress: Progress = silent,
): Promise<IndexedSet> {
  const { dimension, documents } = vectors
  for (let start = 0; start < set.documents.length; start += SLICE) {
    const texts = set.documents.slice(start, start + SLICE)
    const end = start + texts.length
    const keys = Uint32Array.from(texts, (_, i) => start + i)
    await indexes.vectorIndex.add(keys, documents.slice(start * dimension, end * dimension))
    await indexes.lexicalIndex.add(keys, texts)
    await progress(end)
  }
  return { set, vectors, ...indexes }
}

/** Means over the queries for words alone, meaning alone, and both with `weight` on meaning. */
export async function scoreSet(
  indexed: IndexedSet,
  weight: number,
  progress: Progress = silent,
): Promise<SetScores> {
  const { lexicalIndex, vectorIndex, set } = indexed
  const count = set.queries.length
  const after = (ways: number): Progress => {
    return done => progress((ways * count + done) / 3)
  }
  return {
    bm25: await scoreQueries(indexed, text => lexicalIndex.match({ text, limit: DEPTH }), after(0)),
    dense: await scoreQueries(indexed, (_, vector) => vectorIndex.search(vector, DEPTH), after(1)),
    hybrid: await scoreHybrid(indexed, weight, after(2)),
  }
}

export function scoreHybrid(
  indexed: IndexedSet,
  weight: number,
  progress: Progress = silent,
): Promise<Scores> {
  const { vectorIndex, lexicalIndex } = indexed
  return scoreQueries(
    indexed,
    (queryText, queryVector) =>
      hybridNeighbours({ vectorIndex, lexicalIndex, queryText, queryVector, weight, limit: DEPTH }),
    progress,
  )
}

/** The mean over the queries of whatever `search` finds; `keys` are places of documents, best first. */
export async function scoreQueries(
  { set, vectors }: Pick<IndexedSet, 'set' | 'vectors'>,
  search: (
    text: string,
    vector: Float32Array,
    limit: number,
  ) => Promise<{
    readonly keys: Uint32Array
  }>,
  progress: Progress = silent,
): Promise<Scores> {
  const { dimension, queries } = vectors
  const scores: Scores[] = []
  for (const [i, { text, grades }] of set.queries.entries()) {
    const { keys } = await search(text, queries.subarray(i * dimension, (i + 1) * dimension), DEPTH)
    scores.push(scoreRanking([...keys], grades))
    await progress(i + 1)
  }
  return meanScores(scores)
}
