/** Hybrid search: what the page and the evaluation both run. */
import type { KeySet } from '../key-set.ts'
import type { LexicalIndex, SearchPath, VectorIndex } from '../ports.ts'
import { queryTermsOf } from '../lexical/tokenise.ts'
import { type FusedNeighbours, fuse, lexicalConfidence } from './fuse.ts'

/** How many of the best of each side are weighed against each other. */
export const CANDIDATES_PER_SIDE = 100

export interface HybridQuery {
  readonly vectorIndex: Pick<VectorIndex, 'search' | 'score'>
  readonly lexicalIndex: Pick<LexicalIndex, 'search' | 'score' | 'coverage'>
  /** Of length 1. */
  readonly queryVector: Float32Array
  readonly queryText: string
  /** Of the dense side, 0 to 1. */
  readonly weight: number
  readonly limit: number
  /** What meaning may find; everything unless said. */
  readonly filter?: KeySet | undefined
}

export interface HybridNeighbours extends FusedNeighbours {
  /** How the nearest by meaning were found. */
  readonly path: SearchPath
}

/**
 * The best 100 by meaning and the best 100 by words, with true scores on both sides for every one of them, fused with
 * as much trust in the words as they deserve; at most `limit`, best first.
 */
export async function hybridNeighbours(query: HybridQuery): Promise<HybridNeighbours> {
  const { vectorIndex, lexicalIndex, queryVector, queryText, weight, limit, filter } = query
  const [near, matching] = await Promise.all([
    vectorIndex.search(queryVector, CANDIDATES_PER_SIDE, filter),
    lexicalIndex.search(queryText, CANDIDATES_PER_SIDE),
  ])
  const keys = Uint32Array.from(new Set([...near.keys, ...matching.keys]))
  const [dense, lexical, coverage] = await Promise.all([
    vectorIndex.score(queryVector, keys),
    lexicalIndex.score(queryText, keys),
    lexicalIndex.coverage(queryText, matching.keys),
  ])
  const confidence = lexicalConfidence(Math.max(0, ...coverage), queryTermsOf(queryText).length)
  return { ...first(fuse({ keys, dense, lexical }, weight, confidence), limit), path: near.path }
}

function first(neighbours: FusedNeighbours, limit: number): FusedNeighbours {
  const { keys, dense, lexical, fused } = neighbours
  return {
    keys: keys.slice(0, limit),
    dense: dense.slice(0, limit),
    lexical: lexical.slice(0, limit),
    fused: fused.slice(0, limit),
  }
}
