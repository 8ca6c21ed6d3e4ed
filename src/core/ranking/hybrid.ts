/** Hybrid search: what the page and the evaluation both run. */
import type { KeySet } from '../key-set.ts'
import type { LexicalIndex, WordQuery } from '../ports/lexical-index.ts'
import type { SearchPath, VectorIndex } from '../ports/vector-index.ts'
import { queryTermsOf } from '../lexical/tokenise.ts'
import { type FusedNeighbours, fuse, lexicalConfidence } from './fuse.ts'

/** How many of the best of each side are weighed against each other. */
export const CANDIDATES_PER_SIDE = 100

export interface HybridQuery {
  readonly vectorIndex: Pick<VectorIndex, 'search' | 'score'>
  readonly lexicalIndex: Pick<LexicalIndex, 'match'>
  /** Of length 1. */
  readonly queryVector: Float32Array
  readonly queryText: string
  /** Of the dense side, 0 to 1. */
  readonly weight: number
  readonly limit: number
  /** Nothing else is found; everything is, where it is left out. */
  readonly within?: KeySet | undefined
  /** See `WordQuery`. */
  readonly typing?: boolean
  readonly corrected?: boolean
}

export interface HybridNeighbours extends FusedNeighbours {
  /** Share, 0 to 1, of the query's idf that the words of each passage make up. */
  readonly coverage: Float32Array
  /** Terms that were looked for. */
  readonly terms: readonly string[]
  /** How the nearest by meaning were found; `undefined` when words alone were searched. */
  readonly path?: SearchPath
}

/**
 * The best 100 by meaning and the best 100 by words, with true scores on both sides for every one of them, fused with
 * as much trust in the words as they deserve; at most `limit`, best first.
 */
export async function hybridNeighbours(query: HybridQuery): Promise<HybridNeighbours> {
  const {
    vectorIndex,
    lexicalIndex,
    queryVector,
    queryText,
    weight,
    limit,
    within,
    typing = false,
    corrected = false,
  } = query
  const near = await vectorIndex.search(queryVector, CANDIDATES_PER_SIDE, within)
  const { keys, scores, coverage, found, terms } = await lexicalIndex.match({
    text: queryText,
    limit: CANDIDATES_PER_SIDE,
    also: near.keys,
    typing,
    corrected,
    within,
  })
  const dense = await vectorIndex.score(queryVector, keys)
  const share = Math.max(0, ...coverage.subarray(0, found))
  const confidence = lexicalConfidence(share, queryTermsOf(queryText).length)
  const coverageOf = new Map(Array.from(keys, (key, i) => [key, coverage[i] ?? 0]))
  const fused = completeFirst(fuse({ keys, dense, lexical: scores }, weight, confidence), coverageOf, terms)
  const best = first(fused, limit)
  const shares = Float32Array.from(best.keys, key => coverageOf.get(key) ?? 0)
  return { ...best, coverage: shares, terms, path: near.path }
}

/** What words alone find, where there are no vectors to ask. */
export async function wordNeighbours(
  lexicalIndex: Pick<LexicalIndex, 'match'>,
  query: WordQuery,
): Promise<HybridNeighbours> {
  const { keys, scores, coverage, terms } = await lexicalIndex.match(query)
  return { ...fuse({ keys, dense: new Float32Array(keys.length), lexical: scores }, 0), coverage, terms }
}

/** Words of a query from which a passage that has all of them has them on purpose. */
const ENOUGH_WORDS = 4
/** Shares are sums of floats. */
const ALL = 0.9999

/**
 * Passages with every word of a longer query come first, in their order. Somebody who types a sentence as it stands in a
 * document means that sentence; a sum of normalised scores lets many that are nearly like it go before.
 */
function completeFirst(
  found: FusedNeighbours,
  coverageOf: ReadonlyMap<number, number>,
  terms: readonly string[],
): FusedNeighbours {
  if (terms.length < ENOUGH_WORDS) return found
  const ranks = Array.from(found.keys.keys())
  const isComplete = (rank: number) => (coverageOf.get(found.keys[rank] ?? 0) ?? 0) >= ALL
  const order = [...ranks.filter(isComplete), ...ranks.filter(rank => !isComplete(rank))]
  const reorder = (scores: Float32Array) => Float32Array.from(order, rank => scores[rank] ?? 0)
  return {
    keys: Uint32Array.from(order, rank => found.keys[rank] ?? 0),
    dense: reorder(found.dense),
    lexical: reorder(found.lexical),
    fused: reorder(found.fused),
  }
}

function first({ keys, dense, lexical, fused }: FusedNeighbours, limit: number): FusedNeighbours {
  return {
    keys: keys.slice(0, limit),
    dense: dense.slice(0, limit),
    lexical: lexical.slice(0, limit),
    fused: fused.slice(0, limit),
  }
}
